package io.ticketbridge.sandbox.servicenow;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files: a record of {@code sys_attachment} for each, and its bytes. */
final class Attachments {

    private final Records records;
    private final Settings settings;
    private final InstanceProperties properties;
    private final AttachmentTypes types;
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

    Attachments(Records records, Settings settings, InstanceProperties properties) {
        this.records = records;
        this.settings = settings;
        this.properties = properties;
        this.types = new AttachmentTypes(properties);
    }

    long maxBytes() {
        String megabytes = properties.value("com.glide.attachment.max_size");
        long allowed = megabytes.matches("\\d{1,6}") ? Long.parseLong(megabytes) * 1024 * 1024 : Long.MAX_VALUE;
        return Math.min(allowed, settings.maxAttachmentBytes);
    }

    /** What comes through the API; what a person attaches is not looked at. */
    Row take(String table, String recordId, String fileName, String type, byte[] content, Actor actor) {
        types.check(fileName, type, content);
        return add(table, recordId, fileName, type, content, actor);
    }

    Row add(String table, String recordId, String fileName, String type, byte[] content, Actor actor) {
        Map<String, String> values = new HashMap<>();
        values.put("table_name", table);
        values.put("table_sys_id", recordId);
        values.put("file_name", fileName);
        values.put("content_type", type);
        values.put("size_bytes", String.valueOf(content.length));
        values.put("size_compressed", String.valueOf(content.length));
        values.put("hash", sha256(content));
        Row row = records.insert(records.store.dictionary.table("sys_attachment"), values, false, actor);
        bytes.put(row.sysId(), content);
        return row;
    }

    byte[] bytes(String sysId) {
        return bytes.getOrDefault(sysId, new byte[0]);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
