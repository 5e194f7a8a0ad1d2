package io.ticketbridge.sandbox.servicenow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code multipart/form-data} body. */
final class MultipartBody {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"?([^\";\r\n]+)");
    private static final Pattern FILE = Pattern.compile("filename=\"?([^\";\r\n]+)");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^\r\n]+)");

    /** One part; the file name is "" for a plain field. */
    record Part(String name, String fileName, String contentType, byte[] bytes) {}

    private final List<Part> parts = new ArrayList<>();

    static MultipartBody parse(String contentType, byte[] body) {
        MultipartBody form = new MultipartBody();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw Refusal.badRequest("Invalid content-type", "multipart/form-data needs a boundary");
        }
        // One byte, one character: positions stay those of the bytes.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (String part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
            int head = part.indexOf("\r\n\r\n");
            if (head >= 0) {
                form.parts.add(part(part.substring(0, head), part.substring(head + 4, part.length() - 2)));
            }
        }
        return form;
    }

    private static Part part(String head, String content) {
        String readable = new String(head.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String type = found(TYPE, readable);
        return new Part(
                found(NAME, readable),
                found(FILE, readable),
                type.isEmpty() ? "application/octet-stream" : type,
                content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).trim() : "";
    }

    String text(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(part -> new String(part.bytes(), StandardCharsets.UTF_8).trim())
                .findFirst()
                .orElse("");
    }

    Part file() {
        return parts.stream()
                .filter(part -> !part.fileName().isEmpty())
                .findFirst()
                .orElse(null);
    }
}
