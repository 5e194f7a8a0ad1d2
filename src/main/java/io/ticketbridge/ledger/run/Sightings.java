package io.ticketbridge.ledger.run;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.Severity;
import io.ticketbridge.ledger.identity.Identities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * What one run knows of each identity: the worst that its scan said and whether that was news and, once {@link KnownFindings} has
 * read it, what the ledger has. One thread uses it at a time.
 */
final class Sightings {
    /** The ordinal of the worst result, so turned that nothing said is a pass. */
    private static final int WORST = 0b11;

    private static final int PASSED_ON = 1 << 2;
    private static final int IN_LEDGER = 1 << 3;
    /** All its rows fail, and no group of them asks the filter for an exception. */
    private static final int FAILS = 1 << 4;

    private static final int PASSES = 1 << 5;
    /** It fails or is suppressed in a group: gone, if the scan does not name it. */
    private static final int FAILED = 1 << 6;

    private static final int SUPPRESSED = 1 << 7;

    private static final Result[] RESULTS = Result.values();

    private final Identities identities = new Identities();
    private final Contents contents = new Contents();
    private byte[] flags = new byte[64];
    /** What the scan said of each first; 0 if nothing yet. */
    private short[] said = new short[64];

    private final BitSet named = new BitSet();
    private long[] prints = {};
    private int[] scopes = {};
    private boolean loaded;
    private long worthLoadingAt;

    /** The worst that the scan said of the identity so far (P3), a pass if nothing. */
    Result worst(UUID identity) {
        int number = identities.find(identity);
        return number < 0 ? Result.PASS : worst(number);
    }

    private Result worst(int number) {
        return RESULTS[flags[number] & WORST ^ Result.PASS.ordinal()];
    }

    /** @return the worst that was said of it before */
    Result saw(UUID identity, Result result) {
        int number = number(identity);
        Result before = worst(number);
        if (result != Result.INCONCLUSIVE) {
            named.set(number);
        }
        if (result.isWorseThan(before)) {
            flags[number] = (byte) (flags[number] & ~WORST | result.ordinal() ^ Result.PASS.ordinal());
        }
        return before;
    }

    /** Whether the scan said more of it than that it could not tell. */
    boolean isNamed(UUID identity) {
        int number = identities.find(identity);
        return number >= 0 && named.get(number);
    }

    /**
     * Takes in what a finding was said to be.
     *
     * @param print stands for it; two bytes of it are kept, so that one contradiction in 65,535 is not seen
     * @return whether the scan said otherwise of the same identity before
     */
    boolean contradicts(UUID identity, int print) {
        int number = number(identity);
        short now = (short) (Math.floorMod(print, 0xffff) + 1);
        short before = said[number];
        if (before == 0) {
            said[number] = now;
        }
        return before != 0 && before != now;
    }

    /** @return whether it is the first time that this identity is news in this run */
    boolean passOn(UUID identity) {
        int number = number(identity);
        boolean first = !has(number, PASSED_ON);
        flags[number] |= PASSED_ON;
        return first;
    }

    boolean wasPassedOn(UUID identity) {
        return has(identities.find(identity), PASSED_ON);
    }

    /** Nothing was kept of what was news. */
    void forget(UUID identity) {
        flags[number(identity)] &= ~PASSED_ON;
    }

    /** Whether it is known what the ledger has. */
    boolean isLoaded() {
        return loaded;
    }

    /** After how many records of the scan; 0 if that was not asked yet. */
    long worthLoadingAt() {
        return worthLoadingAt;
    }

    void worthLoadingAt(long records) {
        worthLoadingAt = records;
    }

    /** Everything that the ledger has follows; only {@link #loaded} says that it is all. */
    void load() {
        prints = new long[flags.length];
        scopes = new int[flags.length];
    }

    void loaded() {
        loaded = true;
    }

    /**
     * Takes in a row of the ledger.
     *
     * @param plain whether its group's ticket blocks it and is of the flow's present grouping
     * @param print {@link #print}
     * @param scope a number for the scopes that it is in
     */
    void take(UUID identity, Result result, boolean plain, long print, int scope) {
        int number = number(identity);
        int kind =
                switch (result) {
                    case PASS -> PASSES;
                    case FAIL -> plain ? FAILS : 0;
                    case SUPPRESSED -> SUPPRESSED;
                    case INCONCLUSIVE -> 0;
                };
        int before = flags[number];
        boolean goes = result == Result.FAIL || result == Result.SUPPRESSED;
        flags[number] |= (byte) (IN_LEDGER | (goes ? FAILED : 0));
        if ((before & IN_LEDGER) == 0) {
            flags[number] |= (byte) kind;
        } else if ((before & kind) == 0) {
            flags[number] &= ~(FAILS | PASSES | SUPPRESSED);
        }
        prints[number] += print;
        scopes[number] = scope;
    }

    /** Its rows were written since: the ledger has to be asked for them. */
    void written(UUID identity) {
        if (loaded) {
            int number = number(identity);
            flags[number] = (byte) (flags[number] & ~(FAILS | PASSES | SUPPRESSED) | IN_LEDGER);
        }
    }

    /** Whether the ledger has to be asked what it has of it; else it has nothing. */
    boolean isToBeAskedFor(UUID identity) {
        return !loaded || has(identities.find(identity), IN_LEDGER);
    }

    /** Whether a failure is in the ledger just as it was read: in these groups, with that content and severity. */
    boolean failsUnchanged(UUID identity, Finding finding, Set<UUID> groups) {
        return isUnchanged(identity, FAILS, finding, groups);
    }

    /** The same of one that is suppressed at the source. */
    boolean isSuppressedUnchanged(UUID identity, Finding finding, Set<UUID> groups) {
        return isUnchanged(identity, SUPPRESSED, finding, groups);
    }

    private boolean isUnchanged(UUID identity, int kind, Finding finding, Set<UUID> groups) {
        int number = identities.find(identity);
        if (!has(number, kind)) {
            return false;
        }
        long print = 0;
        UUID content = contents.of(finding);
        for (UUID group : groups) {
            print += print(group, content, finding.severity());
        }
        return prints[number] == print;
    }

    /** Whether the ledger has it as one that fails, or is suppressed, in some group; or cannot say. */
    boolean fails(UUID identity) {
        return has(identities.find(identity), FAILED);
    }

    /** Whether it passed in all its groups. */
    boolean passes(UUID identity) {
        return has(identities.find(identity), PASSES);
    }

    /** @return the identities that the scan did not call anything but passed, and that fail or are suppressed where it looked */
    List<UUID> absent(IntPredicate covered) {
        List<UUID> absent = new ArrayList<>();
        for (int number = 0; number < identities.size(); number++) {
            if (has(number, FAILED) && worst(number) == Result.PASS && covered.test(scopes[number])) {
                absent.add(identities.at(number));
            }
        }
        return absent;
    }

    /** What stands for a row: rows of one identity are added up, in whatever order they come. Its parts are digests already. */
    static long print(UUID group, UUID content, Severity severity) {
        long mixed = content.getMostSignificantBits()
                ^ Long.rotateLeft(content.getLeastSignificantBits(), 21)
                ^ Long.rotateLeft(group.getMostSignificantBits(), 42)
                ^ severity.ordinal();
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private boolean has(int number, int flag) {
        return number >= 0 && (flags[number] & flag) != 0;
    }

    private int number(UUID identity) {
        int number = identities.add(identity);
        if (number == flags.length) {
            flags = Arrays.copyOf(flags, 2 * number);
            said = Arrays.copyOf(said, 2 * number);
            if (prints.length > 0) {
                prints = Arrays.copyOf(prints, 2 * number);
                scopes = Arrays.copyOf(scopes, 2 * number);
            }
        }
        return number;
    }
}
