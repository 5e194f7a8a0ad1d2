package io.ticketbridge.sandbox.servicenow;

/** One column, as the dictionary of the table that declares it says. */
record Column(
        String table,
        String name,
        String type,
        String reference,
        int maxLength,
        String label,
        String defaultValue,
        boolean choice,
        boolean mandatory,
        boolean display,
        boolean indexed,
        boolean referenceByName) {

    boolean isReference() {
        return type.equals("reference");
    }

    /** Write-only: a read shows nothing, or the whole conversation as display value. */
    boolean isJournal() {
        return type.equals("journal_input");
    }

    boolean isConversation() {
        return type.equals("journal_list");
    }

    boolean isDateTime() {
        return type.equals("glide_date_time");
    }

    /** Holds no letters whose case could matter. */
    boolean isPlain() {
        return isDateTime() || type.equals("GUID");
    }

    boolean isInteger() {
        return type.equals("integer");
    }

    boolean isBoolean() {
        return type.equals("boolean");
    }
}
