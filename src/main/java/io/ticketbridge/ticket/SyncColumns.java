package io.ticketbridge.ticket;

/** Where a table keeps what it has in common with a case or alert (servicenow.md, section 4). */
public final class SyncColumns {
    private SyncColumns() {}

    /** The column that holds the field's value; the priority is often one that ServiceNow computes. */
    public static String of(String table, SyncField field) {
        return switch (field) {
            case STATUS -> "state";
            case PRIORITY -> "priority";
            case FINDINGS ->
                table.equals("problem") || table.equals("sn_customerservice_case") ? "resolution_code" : "close_code";
            case NAME -> "short_description";
            case DESCRIPTION -> "description";
        };
    }
}
