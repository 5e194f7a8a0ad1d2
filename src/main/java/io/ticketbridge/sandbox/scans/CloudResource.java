package io.ticketbridge.sandbox.scans;

/**
 * Something in the simulated cloud.
 *
 * @param kind what it is: the {@link Check#kind()} of the checks that look at it
 * @param uid its ARN
 */
record CloudResource(String account, String region, String kind, String uid, String name) {

    /** One that came after it, with another name and ARN. */
    CloudResource successor(int number) {
        String suffix = "-r" + number;
        return new CloudResource(account, region, kind, uid + suffix, name + suffix);
    }
}
