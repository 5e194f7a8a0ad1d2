package io.ticketbridge.fault;

import java.util.Set;

/** Which answers say nothing of what was asked: whoever gives them is overloaded, or only stands on the way there. */
public final class PassingStatus {
    /** A proxy that wants to be signed in to, time that ran out, a limit, and what Vision One's gateway says (vision-one.md, section 1.1). */
    private static final Set<Integer> NAMED = Set.of(407, 408, 425, 429, 491);

    private PassingStatus() {}

    /** What is read and written here redirects nobody; a portal on the way does. */
    public static boolean is(int status) {
        return status >= 500 || status / 100 == 3 || NAMED.contains(status);
    }
}
