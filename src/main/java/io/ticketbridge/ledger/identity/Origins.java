package io.ticketbridge.ledger.identity;

/** What the settings say of the systems that flows read. */
public interface Origins {
    /** Says nothing of any. */
    Origins UNKNOWN = new Origins() {
        @Override
        public Origin of(String flow) {
            return null;
        }

        @Override
        public boolean isNameTaken(Origin origin) {
            return true;
        }

        @Override
        public boolean isFormerGone(String flow) {
            return false;
        }
    };

    /** What the flow reads now; null if that is not known. */
    Origin of(String flow);

    /** Whether there is an instance of that name now, whatever it is. */
    boolean isNameTaken(Origin origin);

    /** Whether what the flow read before, elsewhere, is believed to be gone. */
    boolean isFormerGone(String flow);
}
