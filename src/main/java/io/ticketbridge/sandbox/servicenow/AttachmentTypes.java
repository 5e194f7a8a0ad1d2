package io.ticketbridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which files the instance takes, by its {@code sys_properties}: those of some extensions or all, and of those that it names only
 * ones whose type and first bytes fit. How REST words the refusal is not documented.
 */
final class AttachmentTypes {
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "pdf", "application/pdf",
            "txt", "text/plain",
            "csv", "text/csv",
            "json", "application/json");
    private static final Map<String, String> BEGINNINGS =
            Map.of("png", "\u0089PNG", "jpg", "\u00ff\u00d8", "pdf", "%PDF");

    private final InstanceProperties properties;

    AttachmentTypes(InstanceProperties properties) {
        this.properties = properties;
    }

    void check(String fileName, String type, byte[] bytes) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> allowed = list("glide.attachment.extensions");
        if (list("glide.attachment.blacklisted.types").contains(extension)
                || !allowed.isEmpty() && !allowed.contains(extension)) {
            throw Refusal.of(403, "Invalid file", "Files of type " + extension + " are not allowed");
        }
        boolean checked = !allowed.isEmpty()
                && !properties.value("glide.security.file.mime_type.validation").equals("false");
        if (checked && !(fits(extension, type) && begins(extension, bytes))) {
            throw Refusal.of(403, "Invalid file", "The file's extension, its type and its content do not agree");
        }
    }

    private static boolean fits(String extension, String type) {
        String plain = type.replaceFirst(";.*", "").strip();
        return TYPES.getOrDefault(extension, plain).equals(plain);
    }

    private static boolean begins(String extension, byte[] bytes) {
        String beginning = new String(Arrays.copyOf(bytes, Math.min(bytes.length, 8)), StandardCharsets.ISO_8859_1);
        return beginning.startsWith(BEGINNINGS.getOrDefault(extension, ""));
    }

    private List<String> list(String property) {
        return Arrays.stream(properties.value(property).split(","))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
