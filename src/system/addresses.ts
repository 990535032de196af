/** Where EC2 serves its metadata, and where aws-vault's server for it listens, behind what listens there. */
export const METADATA_ADDRESS = "169.254.169.254";
export const METADATA_PORT = 80;
export const SERVER_PORT = 9099;
