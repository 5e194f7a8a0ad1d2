package io.ticketbridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ticketbridge.sandbox.servicenow.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/servicenow.md} tells an administrator that is asked for. The row of {@code incident} is that of all tickets. */
public final class ServiceNowPage {
    private static final String TICKETS = "incident";
    private static final String RIGHTS = "Tables, rights and what happens without them";
    private static final String QUERIES = "Query ACLs";
    private static final Pattern TABLE = Pattern.compile("/api/now/(?:v\\d/)?table/(\\w+)(/\\w+)?");
    private static final Pattern CONDITION =
            Pattern.compile("(?:NQ)?([a-z][a-z0-9_.]*)(>=|>|<=|<|LIKE|STARTSWITH|=|IN|ISNOTEMPTY)?.*");
    private static final Set<String> RANGES = Set.of(">=", ">", "<=", "<", "LIKE", "STARTSWITH");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<String>> read;
    private final Map<String, Set<String>> matched;
    private final Map<String, Set<String>> ranged;
    private final Set<String> written;
    private final Set<String> named;

    private ServiceNowPage(Set<String> named) {
        String page = text();
        this.read = rows(section(page, RIGHTS), 3);
        this.matched = rows(section(page, QUERIES), 1);
        this.ranged = rows(section(page, QUERIES), 2);
        this.written = names(section(page, "The role that writes tickets"));
        this.named = named;
    }

    /** Everything that was asked for stands there, but for columns that the settings name. */
    public static void assertTellsOf(Bridge bridge) {
        ServiceNowPage page = new ServiceNowPage(words(bridge.settings().toString()));
        Set<String> untold = new TreeSet<>();
        for (SeenRequest request : bridge.serviceNow().requests().all()) {
            page.add(request, untold);
        }
        assertThat(untold).as("what docs/servicenow.md does not tell of").isEmpty();
    }

    /** The roles of a table, the least first. */
    public static Map<String, Set<String>> roles() {
        Map<String, Set<String>> roles = rows(section(text(), "The role that writes tickets"), 1);
        rows(section(text(), "The role that writes tickets"), 2)
                .forEach((table, more) -> roles.get(table).addAll(more));
        roles.values().removeIf(Set::isEmpty);
        return roles;
    }

    private void add(SeenRequest request, Set<String> untold) {
        Matcher path = TABLE.matcher(request.path());
        String table = path.matches() ? path.group(1) : "sys_attachment";
        String row = read.containsKey(table) ? table : TICKETS;
        query(request, row, untold);
        if (!path.matches()) {
            return;
        }
        if (request.isWrite()) {
            columns(request.body()).stream()
                    .filter(column -> !written.contains(column) && !named.contains(column))
                    .forEach(column -> untold.add("writes " + column));
        }
        Arrays.stream(request.parameter("sysparm_fields").split(","))
                .filter(column -> !column.isEmpty() && !read.get(row).contains(column) && !isNamed(row, column))
                .forEach(column -> untold.add(row + ": reads " + column));
    }

    private boolean isNamed(String row, String column) {
        return row.equals(TICKETS) && named.contains(column);
    }

    private void query(SeenRequest request, String row, Set<String> untold) {
        for (String term : request.parameter("sysparm_query").split("\\^")) {
            boolean isOrder = term.startsWith("ORDERBY");
            Matcher condition = CONDITION.matcher(isOrder ? term.replaceFirst("ORDERBY(DESC)?", "") : term);
            if (term.isEmpty() || !condition.matches() || isNamed(row, condition.group(1))) {
                continue;
            }
            boolean isRange = isOrder || RANGES.contains(String.valueOf(condition.group(2)));
            if (!(isRange ? ranged : matched).getOrDefault(row, Set.of()).contains(condition.group(1))) {
                untold.add(row + ": queries " + condition.group(1) + (isRange ? " by range" : ""));
            }
        }
    }

    private static Collection<String> columns(String body) {
        try {
            JsonNode record = JSON.readTree(body);
            return record.properties().stream().map(Map.Entry::getKey).toList();
        } catch (IOException e) {
            return Set.of();
        }
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.split("[^a-z0-9_]+")));
    }

    private static String text() {
        try {
            return Files.readString(Path.of("docs/servicenow.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(String page, String heading) {
        int begin = page.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isPositive();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    /** By table, which the first cell names first, what another cell of its row names. */
    private static Map<String, Set<String>> rows(String section, int cell) {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            String[] cells = line.substring(2).split(" \\| ?");
            rows.put(cells[0].split("`")[1], cell < cells.length ? names(cells[cell]) : Set.of());
        });
        return rows;
    }

    /** In their order. */
    private static Set<String> names(String text) {
        return Pattern.compile("`([a-z0-9_.]+)`")
                .matcher(text)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
