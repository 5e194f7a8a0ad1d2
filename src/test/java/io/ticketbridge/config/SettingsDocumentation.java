package io.ticketbridge.config;

import java.util.Map;
import java.util.stream.Collectors;

/** Renders the catalogue: as the table of {@code docs/settings.md}, and as {@code config/application.properties}. */
final class SettingsDocumentation {
    private static final Map<String, String> SECTIONS = Map.ofEntries(
            Map.entry("database", "The ledger's database"),
            Map.entry("retention", "How long the ledger keeps what is over"),
            Map.entry("log", "Logs"),
            Map.entry(
                    "network",
                    "Proxy, authorities and client certificate on the way to every system; each may have its own"),
            Map.entry("vision-one", "Trend Vision One: a tenant, or several as ticketbridge.vision-one.NAME"),
            Map.entry("scc", "IBM Security and Compliance Center: an instance, or several as ticketbridge.scc.NAME"),
            Map.entry("api", "APIs that a mapping file describes: one, or several as ticketbridge.api.NAME"),
            Map.entry(
                    "workload-protection",
                    "IBM SCC Workload Protection (Sysdig Secure): an instance, or several as ticketbridge.workload-protection.NAME"),
            Map.entry("servicenow", "ServiceNow"),
            Map.entry("kafka", "Kafka, where findings go to several workers: see docs/kafka.md"),
            Map.entry("http", "The console and the intake"),
            Map.entry("flow", "Flows, each with a name of your choice: a flow needs its source and its profile"),
            Map.entry("profile", "Ticket profiles, each with a name of your choice: a profile needs its table"));
    private static final Map<Key<?>, String> FLOWS = Map.of(
            FlowKeys.FLOW_SOURCE_FILTER, "cases",
            FlowKeys.FLOW_FOLDER, "prowler",
            FlowKeys.FLOW_MAPPING, "hub",
            FlowKeys.FLOW_POLL_ROUTE, "hub",
            FlowKeys.FLOW_SYNC_BACK, "cases",
            FlowKeys.FLOW_OWNER, "cases",
            FlowKeys.FLOW_ON_IDLE_CLOSURE, "cases",
            FlowKeys.FLOW_RECONCILE, "cases");
    private static final Map<Key<?>, String> COLUMNS = Map.of(
            ProfileKeys.PROFILE_FIELD, "short_description",
            ProfileKeys.PROFILE_ON_OPEN, "contact_type",
            ProfileKeys.PROFILE_ON_UPDATE, "state",
            ProfileKeys.PROFILE_ON_RESOLVE, "close_code",
            ProfileKeys.PROFILE_ON_REOPEN, "state",
            ProfileKeys.PROFILE_SEVERITY, "impact",
            FlowKeys.FLOW_OWNER, "status",
            ProfileKeys.PROFILE_SYNC_STATUS, "Closed",
            ProfileKeys.PROFILE_SYNC_PRIORITY, "P3",
            ProfileKeys.PROFILE_SYNC_FINDINGS, "TruePositive");

    private SettingsDocumentation() {}

    static String table() {
        return """
                # Settings

                Settings are read from, in rising priority: defaults, `application.properties` in the config folder (`--config DIR`,
                `TICKETBRIDGE_CONFIG`, else `config/`), mounted files, and the environment. Files are UTF-8.

                - **Environment**: `ticketbridge.flow.cases.group-by` is `TICKETBRIDGE_FLOW_CASES_GROUP_BY`.
                - **Mounted files**: `ticketbridge.servicenow.password.file=/run/secrets/password` names a file that holds the value.
                  Or `TICKETBRIDGE_SECRETS_DIR` names a folder whose files are called like the setting or its environment variable, or like a key of your own for routes.
                  A secret in a file is read again when the file changes, see [operations](operations.md).
                - **Keys of your own**, and variables of the environment, are secrets where their names end in `password` (`pass`, `passwd`, `passphrase`), `secret`, `token`, `key`,
                  `credentials`, `webhook` or `webhook-url`, wherever they stand: `***` is in place of their values in logs, errors, dead letters and pages. Under other names nothing is masked; nor is
                  `true`, `false`, a number of up to five digits, or what has less than four characters.
                - `NAME` is a name of your choice, `[.NAME]` may be left out, `COLUMN` is a column of the profile's table, and `LEVEL`
                  is critical, high, medium, low, informational or unknown. `FIELD` and `VALUE` are words named in the meaning.
                - An unknown setting stops the start.

                | setting | value | default | meaning |
                | --- | --- | --- | --- |
                """
                + Keys.all().stream()
                        .filter(key -> !isOnTheWay(key))
                        .map(SettingsDocumentation::row)
                        .collect(Collectors.joining())
                + """

                ## Proxy, authorities, client certificate

                What `ticketbridge.network` says counts for every system. The same under a system's own name counts for that one alone, in its place.

                | setting | value | default | meaning | for one system |
                | --- | --- | --- | --- | --- |
                """
                + NetworkKeys.ALL.stream()
                        .filter(key -> key.section().equals(NetworkKeys.COMMON))
                        .map(key -> row(key).stripTrailing() + " " + ofOneSystem(key.leaf()) + " |\n")
                        .collect(Collectors.joining());
    }

    private static boolean isOnTheWay(Key<?> key) {
        return NetworkKeys.ALL.contains(key);
    }

    private static boolean isOfOneSystem(Key<?> key) {
        return isOnTheWay(key) && !key.section().equals(NetworkKeys.COMMON);
    }

    /** By their whole names, which is what people search for. */
    private static String ofOneSystem(String leaf) {
        return NetworkKeys.ALL.stream()
                .filter(key -> isOfOneSystem(key) && key.leaf().equals(leaf))
                .map(key -> "`" + key.pattern() + "`")
                .collect(Collectors.joining(", "));
    }

    static String file() {
        StringBuilder file = new StringBuilder(
                """
                # Settings of ticketbridge. This file is UTF-8.
                # Every setting is here, commented out, with its default or, where it has none, an example.
                # Each may come from the environment instead (ticketbridge.servicenow.password is TICKETBRIDGE_SERVICENOW_PASSWORD),
                # or from a mounted file (ticketbridge.servicenow.password.file=/run/secrets/password).
                """);
        String section = "";
        for (Key<?> key : Keys.all()) {
            if (!section.equals(key.section())) {
                section = key.section();
                file.append("\n# ---- ")
                        .append(SECTIONS.get(section))
                        .append('\n')
                        .append(wayOf(section));
            }
            if (isOfOneSystem(key)) {
                continue;
            }
            file.append("\n# ").append(key.meaning()).append("\n# Value: ");
            file.append(key.type().words().replace("`", "")).append(".\n");
            file.append('#').append(example(key)).append('\n');
        }
        return file.toString();
    }

    /** One line for what a system may have of its own; it is explained once, under the common name. */
    private static String wayOf(String section) {
        String leaves = Keys.all().stream()
                .filter(key -> isOfOneSystem(key) && key.section().equals(section))
                .map(key -> "." + key.leaf())
                .collect(Collectors.joining(", "));
        return leaves.isEmpty()
                ? ""
                : "# It may have these of its own, explained under ticketbridge.network:\n# " + Key.PREFIX + section
                        + leaves + "\n";
    }

    /** A line that works when its mark is taken away. */
    static String example(Key<?> key) {
        String name = key.section().equals("flow")
                ? FLOWS.getOrDefault(key, "compliance")
                : key.hasOptionalName() ? Key.DEFAULT_INSTANCE : "compliance-incident";
        String column = COLUMNS.getOrDefault(key, "");
        String written = key.pattern().contains("LEVEL") ? key.at(name, "high", column) : key.at(name, column);
        return written + "=" + (key.fallback().isEmpty() ? key.example() : key.fallback());
    }

    private static String row(Key<?> key) {
        String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        return "| `" + key.pattern() + "` | " + key.type().words() + " | " + fallback + " | " + key.meaning() + " |\n";
    }
}
