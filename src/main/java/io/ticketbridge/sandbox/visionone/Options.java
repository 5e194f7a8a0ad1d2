package io.ticketbridge.sandbox.visionone;

import java.time.Clock;

/**
 * How a simulated Vision One starts.
 *
 * @param port 0 for any free one
 * @param seed the same seed and clock give the same cases
 * @param cases how many cases it starts with
 * @param token the API key that may read and write
 * @param readOnlyToken the API key whose role may only view; writes get 403
 * @param resources how many resources each rule checks in each cloud account; 0 for no account at all
 * @param findingsRequiredToClose whether closing a Workbench case without findings gets 400
 */
public record Options(
        int port,
        long seed,
        int cases,
        int resources,
        Clock clock,
        NextLinks nextLinks,
        String token,
        String readOnlyToken,
        boolean findingsRequiredToClose) {

    /** Any port, 12 cases, some hundred checks, the system's clock, links with the vendor's host. */
    public static Options defaults() {
        return new Options(
                0,
                1,
                12,
                4,
                Clock.systemUTC(),
                NextLinks.VENDOR_HOST,
                "sandbox.vision-one.token",
                "sandbox.vision-one.read-only-token",
                false);
    }

    public Options withPort(int other) {
        return new Options(
                other, seed, cases, resources, clock, nextLinks, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withSeed(long other) {
        return new Options(
                port, other, cases, resources, clock, nextLinks, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withCases(int other) {
        return new Options(
                port, seed, other, resources, clock, nextLinks, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withResources(int other) {
        return new Options(port, seed, cases, other, clock, nextLinks, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withClock(Clock other) {
        return new Options(
                port, seed, cases, resources, other, nextLinks, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withNextLinks(NextLinks other) {
        return new Options(port, seed, cases, resources, clock, other, token, readOnlyToken, findingsRequiredToClose);
    }

    public Options withFindingsRequiredToClose() {
        return new Options(port, seed, cases, resources, clock, nextLinks, token, readOnlyToken, true);
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "Options[port=" + port + ", seed=" + seed + ", cases=" + cases + ", nextLinks=" + nextLinks + "]";
    }
}
