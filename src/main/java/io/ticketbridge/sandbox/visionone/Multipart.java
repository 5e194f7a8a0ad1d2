package io.ticketbridge.sandbox.visionone;

import io.ticketbridge.sandbox.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data}. Bytes travel as ISO 8859-1 while they are taken apart, which loses none. */
record Multipart(String fileName, byte[] content) {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /** The parts by their name. */
    static Map<String, Multipart> read(Request request) {
        String type = request.header("Content-Type").orElse("");
        Matcher boundary = BOUNDARY.matcher(type);
        if (!type.startsWith("multipart/form-data") || !boundary.find()) {
            throw new BadRequest("InvalidContentType", "The body must be multipart/form-data.");
        }
        Map<String, Multipart> parts = new LinkedHashMap<>();
        String body = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
        String[] sections = body.split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
        for (String section : Arrays.copyOfRange(sections, 1, sections.length)) {
            int headersEnd = section.indexOf("\r\n\r\n");
            if (headersEnd >= 0) {
                String headers = new String(
                        section.substring(0, headersEnd).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                byte[] content = section.substring(headersEnd + 4).getBytes(StandardCharsets.ISO_8859_1);
                parts.put(first(NAME, headers), new Multipart(first(FILE_NAME, headers), content));
            }
        }
        return parts;
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static String first(Pattern pattern, String headers) {
        Matcher matcher = pattern.matcher(headers);
        return matcher.find() ? matcher.group(1) : "";
    }
}
