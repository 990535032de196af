import { exportedAt, isSet, rule, settingsNamed, sightings, variable } from "#rule";

const OTHERS = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "CURL_CA_BUNDLE"];

export default rule({
  id: "ssl-intercepted",
  severity: "info",
  category: "environment",
  for: ["cli"],
  summary: "other programs are told of a certificate of their own, and the AWS CLI is not",
  why:
    "A proxy that looks into connections has a certificate of the company's. NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and CURL_CA_BUNDLE make other programs trust it; the " +
    "AWS CLI brings its own list along and reads AWS_CA_BUNDLE (or REQUESTS_CA_BUNDLE) alone.",
  remedy:
    "if the AWS CLI says CERTIFICATE_VERIFY_FAILED, set AWS_CA_BUNDLE to the file with the company's certificate and the public ones",
  links: ["https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-troubleshooting.html"],
  errors: [
    "SSL validation failed for … [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed certificate in certificate chain",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate",
    "x509: certificate signed by unknown authority",
    "self-signed certificate in certificate chain",
  ],
  about: { variables: OTHERS },
  needs: ["config", "credentials", "profiles", "environment", "startup", "programs"],
  *check(facts) {
    const { environment, startup, programs } = facts;
    if (!programs.has("aws")) return;
    const isTold =
      ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"].some(
        (name) => isSet(environment, name) || [...sightings(name, environment, startup)].length > 0,
      ) || [...settingsNamed(facts, "ca_bundle")].length > 0;
    const name = isTold ? undefined : OTHERS.find((one) => isSet(environment, one));
    if (name === undefined) return;
    yield {
      at: variable(name),
      says: `${name} tells other programs of a certificate, and nothing tells the AWS CLI`,
      also: exportedAt(startup, name),
    };
  },
});
