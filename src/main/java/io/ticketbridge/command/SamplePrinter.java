package io.ticketbridge.command;

import io.ticketbridge.engine.MappingCheck;
import io.ticketbridge.fault.Checked;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what a mapping makes of a page: one finding below the other, and which records it can't read. */
final class SamplePrinter {
    private final PrintStream out;
    private final boolean json;

    SamplePrinter(PrintStream out, boolean json) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
        this.json = json;
    }

    /** @return the command's exit code */
    int print(MappingCheck check) {
        if (json) {
            new Printer(out, true)
                    .json(Map.of(
                            "checks",
                                    check.checks().stream().map(Checked::asMap).toList(),
                            "findings",
                                    check.records().stream()
                                            .map(SamplePrinter::asMap)
                                            .toList()));
        } else {
            check.records().forEach(this::print);
            if (!check.records().isEmpty()) {
                out.println();
            }
            CheckCommand.print(check.checks());
        }
        if (check.checks().stream().anyMatch(each -> each.verdict() == Checked.Verdict.PROBLEM)) {
            return TicketbridgeCommand.UNUSABLE;
        }
        return check.records().stream().anyMatch(Unreadable.class::isInstance)
                ? TicketbridgeCommand.FAILED
                : TicketbridgeCommand.WELL;
    }

    private void print(SourceRecord record) {
        Map<String, Object> fields = asMap(record);
        if (record instanceof Finding finding) {
            out.printf(
                    "%-12s  %-13s  %s on %s%n",
                    fields.get("result"),
                    fields.get("severity"),
                    Printer.line(finding.check()),
                    Printer.line(finding.resource().uid()));
            fields.forEach((name, value) -> {
                if (!List.of("result", "severity", "check", "resource").contains(name)) {
                    out.println("    " + name + ": " + Printer.line(String.valueOf(value)));
                }
            });
        } else {
            out.println("dead          " + Printer.line(String.valueOf(fields.get("error"))));
        }
    }

    /** What is empty is left out. */
    private static Map<String, Object> asMap(SourceRecord record) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (record instanceof Unreadable unreadable) {
            map.put("result", "dead");
            map.put("error", unreadable.error());
        } else if (record instanceof Finding finding) {
            map.put("result", finding.result().name().toLowerCase(Locale.ROOT));
            map.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            map.put("check", finding.check());
            map.put("resource", finding.resource().uid());
            map.put("name", finding.resource().name());
            map.put("type", finding.resource().type());
            map.put("account", finding.account());
            map.put("region", finding.region());
            map.put("scope", finding.scope());
            map.put("title", finding.title());
            map.put("message", finding.message());
            map.put("description", finding.description());
            map.put("remediation", finding.remediation());
            map.put("url", finding.url());
            map.put(
                    "controls",
                    finding.controls().stream()
                            .map(control -> (control.framework() + " " + control.id()).strip())
                            .toList());
            map.put("observed-at", finding.observedAt().toString());
            map.put("attributes", finding.attributes());
            map.values().removeIf(value -> List.of("", List.of(), Map.of()).contains(value));
        }
        return map;
    }
}
