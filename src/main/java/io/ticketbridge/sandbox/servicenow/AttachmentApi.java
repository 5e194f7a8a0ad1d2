package io.ticketbridge.sandbox.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code /api/now/attachment/...}: upload, list, download and delete. */
final class AttachmentApi {

    private final Attachments attachments;
    private final Records records;
    private final Queries queries;
    private final Settings settings;

    AttachmentApi(Attachments attachments, Records records, Queries queries, Settings settings) {
        this.attachments = attachments;
        this.records = records;
        this.queries = queries;
        this.settings = settings;
    }

    /** @param rest what follows {@code attachment/} in the path, or "" */
    Answer handle(Call call, String rest) {
        if (call.method.equals("POST")) {
            return switch (rest) {
                case "file" -> file(call);
                case "upload" -> upload(call);
                default -> throw Negotiation.methodNotSupported(call);
            };
        }
        boolean readable = settings.isReadable(records.store.dictionary.table("sys_attachment"));
        if (!readable) {
            throw Refusal.mayNotQuery();
        }
        if (rest.isEmpty() && call.method.equals("GET")) {
            return list(call);
        }
        boolean download = rest.endsWith("/file");
        String sysId = download ? rest.substring(0, rest.length() - "/file".length()) : rest;
        Row row = records.store
                .find("sys_attachment", sysId)
                .filter(this::isVisible)
                .orElseThrow(Refusal::noRecord);
        return switch (call.method) {
            case "GET" -> download ? download(call, row) : one(call, 200, row);
            case "DELETE" -> delete(row);
            default -> throw Negotiation.methodNotSupported(call);
        };
    }

    private Answer file(Call call) {
        String type = call.header("Content-Type");
        if (type.isEmpty()) {
            throw Refusal.badRequest("Content-Type header is missing", null);
        }
        return store(
                call,
                call.parameter("table_name"),
                call.parameter("table_sys_id"),
                call.parameter("file_name"),
                type,
                call.body);
    }

    private Answer upload(Call call) {
        MultipartBody form = MultipartBody.parse(call.header("Content-Type"), call.body);
        MultipartBody.Part file = form.file();
        if (file == null) {
            throw Refusal.badRequest("Missing file", "The form has no part with a file name");
        }
        return store(
                call,
                form.text("table_name"),
                form.text("table_sys_id"),
                file.fileName(),
                file.contentType(),
                file.bytes());
    }

    private Answer store(Call call, String tableName, String recordId, String fileName, String type, byte[] bytes) {
        long max = attachments.maxBytes();
        if (call.length > max) {
            throw Refusal.tooLarge(settings.tooLargeStatus, call.length, max);
        }
        if (tableName.isEmpty() || recordId.isEmpty() || fileName.isEmpty()) {
            throw Refusal.badRequest("Missing parameter", "table_name, table_sys_id and file_name are mandatory");
        }
        TableDefinition table = records.store.dictionary.table(tableName);
        if (table == null) {
            throw Refusal.invalidTable(tableName);
        }
        records.store.find(table, recordId).filter(settings::isVisible).orElseThrow(Refusal::noRecord);
        if (!settings.isWritable(records.store.dictionary.table("sys_attachment")) || !settings.isWritable(table)) {
            throw Refusal.mayNot("Insert");
        }
        Row row = attachments.take(tableName, recordId, fileName, type, bytes, call.user);
        return one(call, 201, row).with("Location", call.origin + "/api/now/attachment/" + row.sysId());
    }

    /** Cut to the limit first; then what belongs to a record that the user does not see is left out. */
    private Answer list(Call call) {
        int offset = call.number("sysparm_offset", 0);
        int limit = call.number("sysparm_limit", 1000);
        Search.Found found = queries.run(call, records.store.dictionary.table("sys_attachment"), offset, limit, null);
        ObjectNode root = Answer.JSON.createObjectNode();
        ArrayNode result = root.putArray("result");
        found.page().stream().filter(this::isVisible).forEach(row -> describe(call, row, result.addObject()));
        Answer answer = Answer.json(200, root);
        return call.flag("sysparm_suppress_pagination_header")
                ? answer
                : answer.with("Link", new PageLinks(call, settings, limit).header(offset, found.total()));
    }

    private boolean isVisible(Row file) {
        return records.store
                .find(file.get("table_name"), file.get("table_sys_id"))
                .map(settings::isVisible)
                .orElse(true);
    }

    private Answer one(Call call, int status, Row row) {
        ObjectNode root = Answer.JSON.createObjectNode();
        describe(call, row, root.putObject("result"));
        return Answer.json(status, root);
    }

    private Answer download(Call call, Row row) {
        if (settings.antivirusDown) {
            throw Refusal.of(403, "File not available", "The file could not be scanned by antivirus");
        }
        ObjectNode metadata = Answer.JSON.createObjectNode();
        describe(call, row, metadata);
        Answer answer = new Answer(200, Map.of(), row.get("content_type"), attachments.bytes(row.sysId()));
        // A header holds ASCII only.
        return answer.with(
                "X-Attachment-Metadata",
                new String(metadata.toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
    }

    private Answer delete(Row row) {
        if (!settings.isWritable(row.table)) {
            throw Refusal.mayNot("Delete");
        }
        records.delete(row);
        return Answer.empty(204);
    }

    private static void describe(Call call, Row row, ObjectNode to) {
        row.toMap().forEach(to::put);
        to.put("download_link", call.origin + "/api/now/attachment/" + row.sysId() + "/file");
    }
}
