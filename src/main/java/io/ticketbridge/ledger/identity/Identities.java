package io.ticketbridge.ledger.identity;

import java.util.Arrays;
import java.util.UUID;

/**
 * Gives each identity a number, from 0 on: some twenty bytes each where a map of objects takes a hundred, so that a million of them
 * fit into the heap (P36). What else is known of an identity stands in arrays beside it, by its number.
 */
public final class Identities {
    private static final int FIRST = 64;

    private long[] high = new long[FIRST];
    private long[] low = new long[FIRST];
    /** The number of what belongs there and one more; 0 where it is empty. Twice as long as the others. */
    private int[] slots = new int[2 * FIRST];

    private int size;

    public int size() {
        return size;
    }

    public UUID at(int number) {
        return new UUID(high[number], low[number]);
    }

    /** @return its number, or -1 */
    public int find(UUID identity) {
        return slots[slot(identity.getMostSignificantBits(), identity.getLeastSignificantBits())] - 1;
    }

    /** @return its number, a new one if it had none */
    public int add(UUID identity) {
        int slot = slot(identity.getMostSignificantBits(), identity.getLeastSignificantBits());
        if (slots[slot] == 0) {
            if (size == high.length) {
                grow();
                slot = slot(identity.getMostSignificantBits(), identity.getLeastSignificantBits());
            }
            high[size] = identity.getMostSignificantBits();
            low[size] = identity.getLeastSignificantBits();
            slots[slot] = ++size;
        }
        return slots[slot] - 1;
    }

    /** Identities are digests, so that their bits are spread as they are. */
    private int slot(long itsHigh, long itsLow) {
        int mask = slots.length - 1;
        int slot = (int) itsLow & mask;
        while (slots[slot] != 0 && (low[slots[slot] - 1] != itsLow || high[slots[slot] - 1] != itsHigh)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        high = Arrays.copyOf(high, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
        slots = new int[4 * size];
        for (int number = 0; number < size; number++) {
            slots[slot(high[number], low[number])] = number + 1;
        }
    }
}
