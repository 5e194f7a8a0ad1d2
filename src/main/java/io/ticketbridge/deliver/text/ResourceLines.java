package io.ticketbridge.deliver.text;

import io.ticketbridge.config.GroupKey;
import io.ticketbridge.finding.PlainText;
import io.ticketbridge.ticket.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Failing resources as a ticket lists them, one a line.
 *
 * @param listed as many as the profile lists
 */
public record ResourceLines(List<GroupKey> groupBy, List<Listed> listed) {
    /** @param failing how many there are, listed or not */
    String text(long failing) {
        List<String> lines =
                new ArrayList<>(listed.stream().map(this::lineOfMany).toList());
        if (failing > listed.size()) {
            lines.add("- and " + (failing - listed.size()) + " more: all of them are in the attached CSV file");
        }
        return String.join("\n", lines);
    }

    /** Where one ticket covers several checks, each line says which: scanners that agree may name a resource twice. */
    private String lineOfMany(Listed finding) {
        return checks().size() > 1 ? line(finding) + " (" + PlainText.oneLine(finding.check()) + ")" : line(finding);
    }

    /** Of the listed findings, where a control is more than one check. */
    List<String> checks() {
        return groupBy.contains(GroupKey.RESOURCE)
                        || !groupBy.contains(GroupKey.CONTROL) && !groupBy.contains(GroupKey.CHECK)
                ? List.of()
                : listed.stream().map(Listed::check).distinct().sorted().toList();
    }

    public static String line(Listed finding) {
        String where = Stream.of(finding.account(), finding.region())
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        return "- " + PlainText.oneLine(finding.resource())
                + (where.isEmpty() ? "" : " [" + PlainText.oneLine(where) + "]")
                + (finding.message().isBlank() ? "" : ": " + PlainText.oneLine(finding.message()));
    }

    /** Its uid where it has no name. */
    static String name(Listed finding) {
        return finding.resourceName().isBlank() ? finding.resourceUid() : finding.resourceName();
    }
}
