/** How files begin that a program has encrypted as a whole, by its documentation. */
const BEGINNINGS: readonly (readonly [start: string, program: string])[] = [
  ["\0GITCRYPT\0", "git-crypt"],
  ["$ANSIBLE_VAULT;", "ansible-vault"],
  ["age-encryption.org/v1\n", "age"],
  ["-----BEGIN AGE ENCRYPTED FILE-----", "age"],
  ["-----BEGIN PGP MESSAGE-----", "gpg"],
  ["Salted__", "openssl"],
];

/** The program that a file is encrypted with, where its first characters tell. */
export const sealedBy = (text: string): string | undefined => BEGINNINGS.find(([start]) => text.startsWith(start))?.[1];
