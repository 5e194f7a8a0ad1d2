package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /api/now/table/...}: lists, single records, inserts, updates and deletes. */
final class TableApi {

    private static final int DEFAULT_LIMIT = 10_000;

    private final Records records;
    private final Choices choices;
    private final Queries queries;
    private final Settings settings;
    private final AtomicInteger lists = new AtomicInteger();

    TableApi(Records records, Choices choices, Queries queries, Settings settings) {
        this.records = records;
        this.choices = choices;
        this.queries = queries;
        this.settings = settings;
    }

    /** @param sysId null for the table itself */
    Answer handle(Call call, String version, String tableName, String sysId) {
        TableDefinition table = records.store.dictionary.table(tableName);
        if (table == null) {
            throw Refusal.invalidTable(tableName);
        }
        Negotiation.check(call, settings);
        if (sysId == null) {
            return switch (call.method) {
                case "GET", "HEAD" -> list(call, version, table);
                case "POST" -> insert(call, table);
                default -> throw Negotiation.methodNotSupported(call);
            };
        }
        Row row = records.store.find(table, sysId).filter(settings::isVisible).orElseThrow(Refusal::noRecord);
        return switch (call.method) {
            case "GET", "HEAD" -> one(call, 200, table, row);
            case "PUT", "PATCH" -> update(call, table, row);
            case "DELETE" -> delete(row);
            default -> throw Negotiation.methodNotSupported(call);
        };
    }

    private Answer list(Call call, String version, TableDefinition table) {
        if (!settings.isReadable(table) && !table.isA("task")) {
            throw Refusal.mayNotQuery();
        }
        int limit = call.number("sysparm_limit", DEFAULT_LIMIT);
        int offset = call.number("sysparm_offset", 0);
        Search.Found found = queries.run(call, table, offset, limit, unordered());
        List<Row> rows = found.page().stream().filter(settings::isVisible).toList();
        if (found.total() == 0 && version.equals("v1")) {
            throw Refusal.noRecord();
        }
        Answer answer = Answer.json(200, bytes(json -> writeList(json, call, table, rows)));
        if (!call.flag("sysparm_suppress_pagination_header")) {
            answer = answer.with("Link", new PageLinks(call, settings, limit).header(offset, found.total()));
        }
        return call.flag("sysparm_no_count") ? answer : answer.with("X-Total-Count", String.valueOf(found.total()));
    }

    private void writeList(JsonGenerator json, Call call, TableDefinition table, List<Row> rows) throws IOException {
        boolean cut = call.truncateAfter >= 0;
        Rendering rendering = rendering(call, table);
        json.writeStartObject();
        json.writeArrayFieldStart("result");
        for (Row row : cut ? rows.subList(0, Math.min(rows.size(), call.truncateAfter)) : rows) {
            rendering.write(json, row);
        }
        json.writeEndArray();
        if (cut) {
            json.writeObjectFieldStart("error");
            json.writeStringField(
                    "detail",
                    "maximum execution time exceeded Check logs for error trace or enable glide.rest.debug property"
                            + " to verify REST request processing");
            json.writeStringField("message", "Transaction cancelled: maximum execution time exceeded");
            json.writeEndObject();
            json.writeStringField("status", "failure");
        }
        json.writeEndObject();
    }

    private Answer insert(Call call, TableDefinition table) {
        Map<String, String> sent = sent(call);
        if (!settings.isWritable(table)) {
            throw Refusal.mayNot("Insert");
        }
        Row row = records.insert(table, sent, call.flag("sysparm_input_display_value"), call.user);
        return one(call, 201, table, row)
                .with("Location", call.origin + "/api/now/table/" + table.name + '/' + row.sysId());
    }

    private Answer update(Call call, TableDefinition table, Row row) {
        Map<String, String> sent = sent(call);
        if (!settings.isWritable(row.table)) {
            throw Refusal.mayNot("Update");
        }
        Row saved = records.update(row, sent, call.flag("sysparm_input_display_value"), call.user);
        return one(call, 200, table, saved);
    }

    private Answer delete(Row row) {
        if (!settings.isWritable(row.table)) {
            throw Refusal.mayNot("Delete");
        }
        records.delete(row);
        return Answer.empty(204);
    }

    private Answer one(Call call, int status, TableDefinition table, Row row) {
        if (!call.method.equals("GET") && call.header("X-no-response-body").equalsIgnoreCase("true")) {
            return Answer.empty(status);
        }
        return Answer.json(status, bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("result");
            rendering(call, table).write(json, row);
            json.writeEndObject();
        }));
    }

    private Rendering rendering(Call call, TableDefinition table) {
        return new Rendering(records.store, choices, records.journal, settings, table, call);
    }

    private Comparator<Row> unordered() {
        if (!settings.unorderedRowsMove) {
            return null;
        }
        int salt = lists.incrementAndGet();
        return Comparator.comparingInt(row -> (row.sysId().hashCode() ^ salt) * 0x9E3779B9);
    }

    /** The columns of the body: its object, or the first of an array; what is neither text, number nor boolean is left out. */
    private static Map<String, String> sent(Call call) {
        JsonNode root;
        try {
            root = Answer.JSON.readTree(call.body);
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("Exception while reading request", "Cannot decode: the payload is not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode object = root.isArray() && !root.isEmpty() ? root.get(0) : root;
        if (!object.isObject()) {
            throw Refusal.badRequest("Exception while reading request", "The payload is not an object");
        }
        Map<String, String> sent = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !call.ignoredColumns.contains(field.getKey())) {
                sent.put(
                        field.getKey(),
                        field.getValue().isNull() ? "" : field.getValue().asText());
            }
        });
        return sent;
    }

    /** Something that writes JSON. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = Answer.JSON.createGenerator(out)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
