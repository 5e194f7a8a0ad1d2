package io.ticketbridge.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A findings file in the making, as Prowler writes it: one record for each control and resource. */
public final class Scan {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode records = JSON.createArrayNode();
    private String account = "111122223333";
    private String detail = "";
    private int severity = 4;
    private String tag = "";
    private String title = "";
    private String accountName = "";

    public static Scan of() {
        return new Scan();
    }

    /** The account of the records that follow. */
    public Scan in(String other) {
        account = other;
        return this;
    }

    /** What the scanner says of the records that follow. */
    public Scan saying(String other) {
        detail = other;
        return this;
    }

    /** The severity of the records that follow, as OCSF numbers it: 5 is critical, 4 high. */
    public Scan ofSeverity(int other) {
        severity = other;
        return this;
    }

    /** The title of the controls that follow. */
    public Scan titled(String other) {
        title = other;
        return this;
    }

    /** The name of the account of the records that follow. */
    public Scan named(String other) {
        accountName = other;
        return this;
    }

    /** A tag on the resources of the records that follow. */
    public Scan tagged(String other) {
        tag = other;
        return this;
    }

    public Scan fails(String control, String... resources) {
        return add("FAIL", 1, control, resources);
    }

    public Scan passes(String control, String... resources) {
        return add("PASS", 1, control, resources);
    }

    public Scan manual(String control, String... resources) {
        return add("MANUAL", 1, control, resources);
    }

    public Scan muted(String control, String... resources) {
        return add("FAIL", 3, control, resources);
    }

    /** Anything at all. */
    public Scan raw(String json) {
        try {
            records.add(JSON.readTree(json));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Scan add(String status, int lifeCycle, String control, String... resources) {
        for (String resource : resources) {
            ObjectNode record = records.addObject()
                    .put("class_uid", 2004)
                    .put("status_code", status)
                    .put("status_id", lifeCycle)
                    .put("severity_id", severity)
                    .put("time", 1739539623)
                    .put("message", detail.isEmpty() ? resource + " does not keep to " + control : detail);
            record.putObject("metadata")
                    .put("event_code", control)
                    .putObject("product")
                    .put("name", "Prowler")
                    .put("version", "5.4.0");
            record.putObject("finding_info")
                    .put("title", title.isEmpty() ? "Rule " + control : title)
                    .put("desc", "What the rule is for");
            ObjectNode checked = record.putArray("resources")
                    .addObject()
                    .put("uid", resource)
                    .put("name", resource)
                    .put("region", "eu-west-1");
            if (!tag.isEmpty()) {
                checked.putArray("labels").add(tag);
            }
            record.putObject("cloud")
                    .put("provider", "aws")
                    .put("region", "eu-west-1")
                    .putObject("account")
                    .put("uid", account)
                    .put("name", accountName);
        }
        return this;
    }

    /** The records as they would be written. */
    public String json() {
        return records.toString();
    }

    /** Writes the file under a name of its own. */
    public Path write(Path folder) {
        return write(folder, UUID.randomUUID() + ".ocsf.json");
    }

    public Path write(Path folder, String name) {
        try {
            return Files.write(Files.createDirectories(folder).resolve(name), JSON.writeValueAsBytes(records));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
