/** A file for a repository, by the AWS files that are to be checked. */
export interface Template {
  readonly path: string;
  readonly text: (files: readonly string[], version: string) => string;
}

const REPOSITORY = "aws-vault-doctor/aws-vault-doctor";

export const TEMPLATES: Readonly<Record<string, Template>> = {
  preferences: { path: "aws-vault-doctor.ini", text: preferences },
  "pre-commit": { path: ".pre-commit-config.yaml", text: preCommit },
  github: { path: ".github/workflows/aws-vault-doctor.yml", text: github },
  gitlab: { path: ".gitlab/aws-vault-doctor.yml", text: gitlab },
};

function preferences(): string {
  return `; How aws-vault-doctor judges in this folder. Take the mark in front of a line away to make it count.

; The tools that must work: aws-vault, cli, sdk, aws-vault-99designs
;for = aws-vault, cli, sdk

; The mildest finding that makes the exit code 1: error, warning, info or never
;fail-on = error

; Rules that are not asked (\`aws-vault-doctor rules\` lists them)
;ignore = default-profile

; Another severity for a rule: error, warning, info or off
;[severity]
;mfa-serial-missing = warning

; What is demanded of the profiles with such names (* stands for any characters, ? for one)
;[policy.production]
;profiles = prod-*, *-admin
;severity = error
;mfa = required
;max-duration = 1h
;accounts = 111122223333, 444455556666
;regions = eu-west-1, eu-central-1
;sso-start-url = https://company.awsapps.com/start
;require = region, output = json
;forbid = credential_process
`;
}

function preCommit(files: readonly string[], version: string): string {
  const pattern = files.map((file) => file.replaceAll(".", "\\.")).join("|");
  return `repos:
  - repo: https://github.com/${REPOSITORY}
    rev: v${version}
    hooks:
      - id: aws-vault-doctor-check # or aws-vault-doctor-fix, which makes the fixes that are right beyond doubt
        files: ^(${pattern})$
`;
}

function github(files: readonly string[], version: string): string {
  return `name: aws-vault-doctor
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write # to upload the report
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: ${REPOSITORY}@v${version}
        with:
          files: |
${files.map((file) => `            ${file}\n`).join("")}          sarif: aws-vault-doctor.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: aws-vault-doctor.sarif
`;
}

function gitlab(files: readonly string[], version: string): string {
  return `# In .gitlab-ci.yml:
#   include:
#     - local: .gitlab/aws-vault-doctor.yml
aws-vault-doctor:
  image: node:22-slim
  script:
    - npx --yes aws-vault-doctor@${version} check ${files.join(" ")} --format human --format gitlab --output gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`;
}
