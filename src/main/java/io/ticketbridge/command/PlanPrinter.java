package io.ticketbridge.command;

import io.ticketbridge.engine.Plan;
import io.ticketbridge.engine.ReadFinding;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ledger.account.Account;
import io.ticketbridge.ticket.Planned;
import io.ticketbridge.ticket.Planned.Difference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Prints a plan as good infrastructure tools do: a sign, what it is about, why, and the differences. Colours on a terminal. */
final class PlanPrinter {
    static final int IN_FULL = 20;
    private static final int FINDINGS = 50;
    private static final int TITLE = 70;
    private static final int VALUE = 90;

    /** In the order in which the last line counts them. */
    private enum Kind {
        opened("+", "open", "green"),
        reopened("^", "reopen", "cyan"),
        updated("~", "update", "yellow"),
        resolved("-", "resolve", "magenta"),
        told(">", "tell", "blue"),
        held("!", "hold", "red");

        private final String sign;
        private final String verb;
        private final String colour;

        Kind(String sign, String verb, String colour) {
            this.sign = sign;
            this.verb = verb;
            this.colour = colour;
        }
    }

    private final PrintStream out;
    private final boolean all;
    private final Ansi ansi;

    PlanPrinter(PrintStream out, boolean all) {
        this(out, all, Ansi.AUTO);
    }

    PlanPrinter(PrintStream out, boolean all, Ansi ansi) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.all = all;
        this.ansi = ansi;
    }

    void print(Plan plan) {
        if (!plan.findings().isEmpty()) {
            printFindings(plan.findings());
        }
        Map<String, List<Planned>> byFlow = new LinkedHashMap<>();
        plan.planned().forEach(each -> byFlow.computeIfAbsent(each.flow(), flow -> new ArrayList<>())
                .add(each));
        byFlow.forEach(this::printFlow);
        for (Account account : plan.accounts()) {
            out.println(
                    Printer.line(account.flow() + " (" + account.scan() + "): " + account.read() + " findings read"));
            out.println("  findings  " + Printer.figures(account.findings()));
            out.println("  tickets   " + Printer.figures(account.tickets()));
            out.println();
        }
        out.println(summary(plan));
    }

    private void printFindings(List<ReadFinding> findings) {
        out.println(ansi.string("@|bold findings|@"));
        int shown = all ? findings.size() : Math.min(findings.size(), FINDINGS);
        findings.subList(0, shown).forEach(each -> {
            Finding finding = each.finding();
            out.println(String.format(
                    "  %-12s %-12s %-13s %s %s on %s",
                    each.outcome(),
                    finding.result().name().toLowerCase(Locale.ROOT),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    Printer.line(finding.account()),
                    Printer.line(finding.check()),
                    PlainText.cut(Printer.line(finding.resource().uid()), VALUE)));
        });
        if (shown < findings.size()) {
            out.println("  and " + (findings.size() - shown) + " more: see them with --all, or --output json");
        }
        out.println();
    }

    private void printFlow(String flow, List<Planned> planned) {
        out.println(ansi.string("@|bold " + flow + "|@"));
        int full = 0;
        int left = 0;
        for (Planned each : planned) {
            if (all || full < IN_FULL) {
                print(each);
                full++;
            } else {
                left++;
            }
        }
        if (left > 0) {
            out.println("  and " + left + " more: see them with --all, or --output json");
        }
        out.println();
    }

    private void print(Planned planned) {
        Kind kind = Kind.valueOf(planned.kind());
        out.println("  " + coloured(kind, kind.sign + " " + kind.verb) + " " + about(planned));
        out.println("      " + Printer.line(planned.reason()));
        for (Difference difference : planned.differences()) {
            out.println("      " + coloured(kind, difference.before() == null ? "+" : "~") + " " + difference.column()
                    + ": " + (difference.before() == null ? "" : shown(difference.before()) + " -> ")
                    + shown(difference.after()));
        }
    }

    private static String about(Planned planned) {
        String title = PlainText.cut(Printer.line(planned.title()), TITLE);
        String where = planned.number().isEmpty() ? planned.table() : planned.number();
        return String.format("%-11s %-9s %s", where, planned.severity(), title);
    }

    /** One line, quoted, so that blanks and breaks can be seen. */
    private static String shown(String value) {
        String line = Printer.line(value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", ""));
        return "\"" + PlainText.cut(line, VALUE) + "\"";
    }

    private String coloured(Kind kind, String text) {
        return ansi.enabled() ? ansi.string("@|" + kind.colour + " " + text + "|@") : text;
    }

    private static String summary(Plan plan) {
        List<String> parts = new ArrayList<>();
        Map<String, Long> counts = plan.counts();
        for (Kind kind : Kind.values()) {
            if (counts.containsKey(kind.name())) {
                parts.add(counts.get(kind.name()) + " to " + kind.verb);
            }
        }
        return "Plan: " + (parts.isEmpty() ? "nothing to do" : String.join(", ", parts)) + ". "
                + plan.requests().planSentence();
    }
}
