package io.ticketbridge.sync;

import io.ticketbridge.config.SyncMaps;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Values by one letter, so that one table holds for every field: A, B and C are three values of the source, a, b and c the
 * same of an incident, x is one that only the ticket knows, Z one that only the source knows, and 0 is empty.
 */
final class Words {
    static final Wording IN_BRACKETS = new Wording() {
        @Override
        public String shown(SyncField field, String sourceText) {
            return "[" + sourceText + "]";
        }

        @Override
        public Optional<String> inner(SyncField field, String ticketText) {
            boolean whole = ticketText.startsWith("[") && ticketText.endsWith("]");
            return whole ? Optional.of(ticketText.substring(1, ticketText.length() - 1)) : Optional.empty();
        }
    };
    static final Translation INCIDENT = new MappedTranslation(SyncMaps.of("incident"), Map.of(), IN_BRACKETS);

    private static final Map<SyncField, List<String>> SOURCE = Map.of(
            SyncField.STATUS, List.of("Open", "In-progress", "Closed", "Merged"),
            SyncField.PRIORITY, List.of("P1", "P0", "P3", "P9"),
            SyncField.FINDINGS, List.of("TruePositive", "FalsePositive", "BenignTruePositive", "Unheard"),
            SyncField.NAME, List.of("Ransomware", "Phishing", "Nothing", "Whatever"),
            SyncField.DESCRIPTION, List.of("One host", "Two hosts", "No host", "Whatever"));
    private static final Map<SyncField, List<String>> TICKET = Map.of(
            SyncField.STATUS, List.of("1", "2", "7", "99"),
            SyncField.PRIORITY, List.of("2", "1", "5", "9"),
            SyncField.FINDINGS, List.of("Workaround provided", "User error", "Known error", "Act of God"),
            SyncField.NAME, List.of("[Ransomware]", "[Phishing]", "[Nothing]", "my own words"),
            SyncField.DESCRIPTION, List.of("[One host]", "[Two hosts]", "[No host]", "my own words"));

    private Words() {}

    static String source(SyncField field, String letter) {
        return letter.equals("0") ? "" : SOURCE.get(field).get("ABCZ".indexOf(letter));
    }

    static String ticket(SyncField field, String letter) {
        return letter.equals("0") ? "" : TICKET.get(field).get("abcx".indexOf(letter));
    }

    static String sourceLetter(SyncField field, String value) {
        return value.isEmpty() ? "0" : "ABCZ".split("")[SOURCE.get(field).indexOf(value)];
    }

    static String ticketLetter(SyncField field, String value) {
        return value.isEmpty() ? "0" : "abcx".split("")[TICKET.get(field).indexOf(value)];
    }

    static List<SyncField> fields(String names) {
        return names.equals("every field")
                ? List.of(SyncField.values())
                : Arrays.stream(names.split(" "))
                        .map(name -> SyncField.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
    }
}
