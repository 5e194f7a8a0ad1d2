package io.ticketbridge.fault;

import java.io.IOException;

/** A source answers with more than there is room for; the same question would bring the same answer. */
public final class AnswerTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param most in bytes, unpacked */
    public AnswerTooLong(long most) {
        super("the answer has more than " + most
                + " bytes, an eighth of the memory that Java may use: let the source give"
                + " less at once, or give Java more (-Xmx)");
    }
}
