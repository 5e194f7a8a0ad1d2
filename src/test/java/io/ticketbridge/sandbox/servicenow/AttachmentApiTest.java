package io.ticketbridge.sandbox.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttachmentApiTest {

    private static final byte[] BYTES = {0, 1, (byte) 0xff, 13, 10, 7};

    private final ServiceNowSimulator instance = ServiceNowSimulator.start();
    private final Caller caller = new Caller(instance);
    private String incident;

    @BeforeEach
    void open() {
        incident = caller.create("incident", Map.of()).result("sys_id");
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    private Caller.Reply upload(String name, byte[] bytes) {
        return caller.with("Content-Type", "application/octet-stream")
                .send(
                        "POST",
                        "/api/now/attachment/file"
                                + Caller.query("table_name", "incident", "table_sys_id", incident, "file_name", name),
                        bytes);
    }

    @Test
    void a_file_is_stored_listed_downloaded_and_deleted() {
        Caller.Reply made = upload("Bericht ü.bin", BYTES);
        assertThat(made.status()).isEqualTo(201);
        String id = made.result("sys_id");
        assertThat(made.header("Location")).isEqualTo(instance.url() + "/api/now/attachment/" + id);
        assertThat(made.result("size_bytes")).isEqualTo("6");
        assertThat(made.result("download_link")).isEqualTo(instance.url() + "/api/now/attachment/" + id + "/file");

        Caller.Reply list = caller.get("/api/now/attachment", "sysparm_query", "table_sys_id=" + incident);
        assertThat(list.result()).hasSize(1);
        assertThat(list.result().get(0).path("file_name").asText()).isEqualTo("Bericht ü.bin");
        assertThat(caller.get("/api/now/attachment/" + id).result("hash")).hasSize(64);

        Caller.Reply file = caller.get("/api/now/attachment/" + id + "/file");
        assertThat(file.response().body()).isEqualTo(BYTES);
        assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(instance.attachments(incident).get(0).bytes()).isEqualTo(BYTES);

        assertThat(caller.send("DELETE", "/api/now/attachment/" + id, null).status())
                .isEqualTo(204);
        assertThat(instance.attachments(incident)).isEmpty();
        assertThat(caller.get("/api/now/attachment/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_form_may_carry_the_file() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"table_name\"\r\n\r\nincident\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"table_sys_id\"\r\n\r\n" + incident + "\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"uploadFile\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline\r\n\r\n--b--\r\n";
        Caller.Reply reply = caller.with("Content-Type", "multipart/form-data; boundary=b")
                .send("POST", "/api/now/attachment/upload", form.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(201);
        AttachedFile file = instance.attachments(incident).get(0);
        assertThat(file.fileName()).isEqualTo("a.txt");
        assertThat(file.contentType()).isEqualTo("text/plain");
        assertThat(new String(file.bytes(), StandardCharsets.UTF_8)).isEqualTo("line\r\n");
    }

    @Test
    void a_list_is_cut_to_its_limit_before_files_of_hidden_records_are_left_out_and_counts_nothing() {
        upload("hidden.bin", BYTES);
        String file = upload("hidden-too.bin", BYTES).result("sys_id");
        instance.settings().hidden(incident, true);
        incident = caller.create("incident", Map.of()).result("sys_id");
        upload("seen.bin", BYTES);

        Caller.Reply first =
                caller.get("/api/now/attachment", "sysparm_query", "ORDERBYfile_name", "sysparm_limit", "2");
        assertThat(first.result()).isEmpty();
        assertThat(first.header("Link")).contains("sysparm_offset=2>;rel=\"next\"");
        assertThat(first.header("X-Total-Count")).isEmpty();

        Caller.Reply second = caller.get(
                "/api/now/attachment",
                "sysparm_query",
                "ORDERBYfile_name",
                "sysparm_limit",
                "2",
                "sysparm_offset",
                "2");
        assertThat(second.result()).hasSize(1);
        assertThat(second.header("Link")).doesNotContain("next");
        assertThat(caller.get("/api/now/attachment/" + file).status()).isEqualTo(404);
    }

    @Test
    void a_file_beyond_the_limit_or_for_no_record_is_refused() {
        instance.settings().maxAttachmentBytes(5);
        Caller.Reply large = upload("a", BYTES);
        assertThat(large.status()).isEqualTo(400);
        assertThat(large.detail())
                .isEqualTo("Rejected large REST payload with content-length = 6 bytes. Max allowed: 5 bytes.");
        instance.settings().maxAttachmentBytes(100);
        incident = "0".repeat(32);
        assertThat(upload("a", BYTES).status()).isEqualTo(404);
    }

    @Test
    void an_instance_that_names_extensions_wants_type_and_content_to_fit() {
        instance.property("glide.attachment.extensions", "png, bin");
        assertThat(upload("a.ps1", BYTES).detail()).isEqualTo("Files of type ps1 are not allowed");
        assertThat(upload("a.bin", BYTES).status()).isEqualTo(201);
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G'};
        assertThat(upload("a.png", picture).detail()).endsWith("do not agree");
        assertThat(uploadPicture(picture).status()).isEqualTo(201);
        assertThat(uploadPicture(BYTES).status()).isEqualTo(403);
        instance.property("glide.security.file.mime_type.validation", "false");
        assertThat(upload("a.png", picture).status()).isEqualTo(201);
        instance.property("glide.attachment.blacklisted.types", "bin");
        assertThat(upload("a.bin", BYTES).status()).isEqualTo(403);
    }

    private Caller.Reply uploadPicture(byte[] bytes) {
        return caller.with("Content-Type", "image/png")
                .send(
                        "POST",
                        "/api/now/attachment/file"
                                + Caller.query(
                                        "table_name", "incident", "table_sys_id", incident, "file_name", "a.png"),
                        bytes);
    }

    @Test
    void what_antivirus_has_not_scanned_is_not_handed_out() {
        String id = upload("a", BYTES).result("sys_id");
        instance.settings().antivirusDown(true);
        assertThat(caller.get("/api/now/attachment/" + id).status()).isEqualTo(200);
        assertThat(caller.get("/api/now/attachment/" + id + "/file").status()).isEqualTo(403);
        instance.settings().antivirusDown(false);
        assertThat(caller.get("/api/now/attachment/" + id + "/file").status()).isEqualTo(200);
    }

    @Test
    void deleting_a_record_deletes_its_files() {
        upload("a", BYTES);
        instance.attach("incident", incident, "b", "text/plain", BYTES, "beth.anglin");
        assertThat(instance.attachments(incident))
                .extracting(AttachedFile::fileName)
                .containsExactly("a", "b");
        instance.delete("incident", incident);
        assertThat(caller.get("/api/now/attachment").result()).isEmpty();
    }

    @Test
    void records_are_counted_with_a_query_and_by_a_column() {
        caller.create("incident", Map.of("state", "2"));
        assertThat(caller.get("/api/now/stats/incident?sysparm_count=true").text())
                .isEqualTo("{\"result\":{\"stats\":{\"count\":\"2\"}}}");
        assertThat(caller.get("/api/now/stats/incident?sysparm_count=true&sysparm_query=state%3D2")
                        .text())
                .isEqualTo("{\"result\":{\"stats\":{\"count\":\"1\"}}}");
        assertThat(caller.get("/api/now/stats/incident?sysparm_count=true&sysparm_group_by=state")
                        .result())
                .hasSize(2);
    }
}
