import { rule } from "#rule";

export default rule({
  id: "access-key-refused",
  severity: "error",
  category: "keys",
  summary: "a key that AWS does not take",
  why: "AWS was asked whose the key is, which every key may ask, and did not take it. It was deleted or turned off in IAM, has expired, or the two parts do not belong together.",
  remedy: "take the key out, and make a new one in IAM, or sign in anew for a session that has ended",
  links: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html",
  ],
  errors: [
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    "InvalidClientTokenId: The security token included in the request is invalid",
    "An error occurred (InvalidClientTokenId) when calling the … operation: The security token included in the request is invalid.",
    "An error occurred (UnrecognizedClientException) when calling the … operation: The security token included in the request is invalid.",
    "An error occurred (InvalidAccessKeyId) when calling the … operation: The AWS Access Key Id you provided does not exist in our records.",
    "An error occurred (SignatureDoesNotMatch) when calling the … operation: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    "An error occurred (ExpiredToken) when calling the … operation: The security token included in the request is expired",
    "An error occurred (AuthFailure) when calling the … operation: AWS was not able to validate the provided access credentials",
  ],
  about: { settings: ["aws_access_key_id"], variables: ["AWS_ACCESS_KEY_ID"] },
  needs: ["online"],
  *check({ online }) {
    for (const { at, name, profiles, answer } of online.keys) {
      if (answer.isTaken || MEANINGS[answer.code] === undefined) continue;
      yield { at, says: `${name} ${MEANINGS[answer.code]}`, profiles };
    }
  },
});

const MEANINGS: Readonly<Record<string, string>> = {
  InvalidClientTokenId: "is none that AWS knows: it was deleted or turned off, or is a session without its token",
  SignatureDoesNotMatch: "has a secret that does not belong to it",
  ExpiredToken: "is that of a session that has ended",
};
