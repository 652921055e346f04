import { texts } from '../shape/lists';

/** A list of IP addresses, as CIDR blocks. */
export const addressBlocks = texts("a list of CIDR blocks, such as ['10.20.0.0/16']");
