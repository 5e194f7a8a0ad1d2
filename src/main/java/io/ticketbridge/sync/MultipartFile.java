package io.ticketbridge.sync;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One file as a request body of {@code multipart/form-data} (RFC 7578), in the part {@code file}. */
record MultipartFile(String name, byte[] content, String boundary) {
    MultipartFile(String name, byte[] content) {
        this(name.replaceAll("[\"\\\\\\p{Cntrl}]", "_"), content, "ticketbridge-" + UUID.randomUUID());
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 500);
        bytes.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(content);
        bytes.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
