package io.ticketbridge.ledger.ticket;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.Suppression;
import io.ticketbridge.ledger.Json;
import io.ticketbridge.ledger.database.Text;

/** What a source says of a suppression, as a finding's row keeps it. */
public final class Suppressions {
    private static final int LONGEST = 2000;

    private Suppressions() {}

    /** Null for what is not suppressed. */
    public static String write(Finding finding) {
        return Suppression.of(finding)
                .map(said -> new Suppression(
                        Text.cut(said.by(), LONGEST),
                        Text.cut(said.reason(), LONGEST),
                        Text.cut(said.until(), LONGEST)))
                .map(Json::write)
                .orElse(null);
    }

    /** @param kept null where the source said nothing, or before it was kept */
    public static Suppression read(String kept) {
        return kept == null ? new Suppression("", "", "") : Json.suppression(kept);
    }
}
