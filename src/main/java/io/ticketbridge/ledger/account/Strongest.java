package io.ticketbridge.ledger.account;

import io.ticketbridge.ledger.identity.Identities;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The strongest outcome of each finding, of those that its groups have: the smallest number. Some forty bytes a finding (P36). */
final class Strongest {
    private final Identities findings = new Identities();
    private byte[] strengths = new byte[64];

    void add(UUID finding, int strength) {
        int known = findings.size();
        int number = findings.add(finding);
        if (number == strengths.length) {
            strengths = Arrays.copyOf(strengths, 2 * number);
        }
        if (number == known || strength < strengths[number]) {
            strengths[number] = (byte) strength;
        }
    }

    Map<Integer, Long> counts() {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int number = 0; number < findings.size(); number++) {
            counts.merge((int) strengths[number], 1L, Long::sum);
        }
        return counts;
    }
}
