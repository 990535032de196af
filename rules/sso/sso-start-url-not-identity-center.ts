import { rule, tell, wrongSettings } from "#rule";

const PORTAL =
  /^https?:\/\/[^/]*\.(?:awsapps\.(?:com|cn)|app\.aws|amazonaws\.com(?:\.cn)?|amazonaws-us-gov\.com|aws\.dev|signin\.aws|awsapps\.us-gov)(?=[/:?#\\]|$)/i;
const IDP =
  /adfs|saml|okta|onelogin|microsoftonline|azure|google|pingone|pingfederate|auth0|jumpcloud|duosecurity|idp|sso\/start|signin|console\.aws/i;

export default rule({
  id: "sso-start-url-not-identity-center",
  severity: "warning",
  category: "sso",
  summary: "sso_start_url is not the address of an AWS access portal",
  why:
    "The start URL is that of the AWS access portal: https://….awsapps.com/start, or https://….app.aws. The sign-in page of an " +
    "identity provider (ADFS, Okta, Entra) or of the console opens in a browser too, but no tool can sign in with it.",
  remedy: "ask your administrator for the AWS access portal's URL; it stands in the settings of IAM Identity Center",
  links: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/using-the-portal.html"],
  errors: ["An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation"],
  about: { settings: ["sso_start_url"] },
  needs: ["config", "credentials", "profiles"],
  *check(facts) {
    const isRight = (value: string): boolean => PORTAL.test(value) || !/^https?:\/\/[^/]+\.[^/]+/i.test(value);
    for (const found of wrongSettings(facts, "sso_start_url", isRight)) {
      const host = /^https?:\/\/([^/?#]+)/i.exec(found.value)![1]!;
      yield* tell(found, facts, {
        says: `'${host}' is ${IDP.test(found.value) ? "an identity provider's sign-in page" : "no address of an AWS access portal"}`,
      });
    }
  },
});
