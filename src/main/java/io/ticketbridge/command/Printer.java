package io.ticketbridge.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ledger.report.LedgerReport.Write;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints results: for people, or as one JSON object for programs. */
final class Printer {
    private static final Map<String, String> SIGNS =
            Map.of("opened", "+", "updated", "~", "reopened", "^", "resolved", "-");
    private static final int TITLE = 70;

    private final PrintStream out;
    private final boolean json;

    Printer(PrintStream out, boolean json) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.json = json;
    }

    /** All that became of it, for programs. */
    void result(List<Account> accounts, Collection<String> failures, Map<String, Long> held, Map<String, Long> dead) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("runs", accounts.stream().map(Account::asMap).toList());
        result.put("failures", failures);
        result.put("held", held);
        result.put("dead", dead);
        json(result);
    }

    void accounts(List<Account> accounts, List<Write> writes) {
        for (Write write : writes) {
            out.printf(
                    "%s %-8s %-11s %-9s %s%n",
                    SIGNS.get(write.kind()), write.kind(), write.number(), write.severity(), title(write));
            out.printf("    %s: %s%n", write.flow(), write.reason());
        }
        for (Account account : accounts) {
            out.println();
            out.println(line(account.flow() + " (" + account.scan() + "): " + account.read() + " findings read"));
            out.println("  findings  " + figures(account.findings()));
            out.println("  tickets   " + figures(account.tickets()));
        }
    }

    void json(Object value) {
        try {
            out.println(new ObjectMapper().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The result can't be written as JSON", e);
        }
    }

    /** Source text is data, also the name of a file or an account: it can't break a line or move the cursor (P38). */
    static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ");
    }

    private static String title(Write write) {
        String title = write.title().isBlank() ? write.label() : write.title();
        return PlainText.cut(line(title), TITLE);
    }

    /** What is zero says nothing and is left out. */
    static String figures(Map<String, Long> figures) {
        String text = figures.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
