package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.fault.Checked;
import io.ticketbridge.fault.Checked.Verdict;
import io.ticketbridge.testing.PagedApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes a mapping hears before the first pass what it can't prove (P11, P40). */
class MappingCheckTest {
    @TempDir
    private Path folder;

    private MappingCheck check(String paging, String complete) throws IOException {
        String text = PagedApi.mapping("list", paging, complete);
        return MappingCheck.of(Files.writeString(folder.resolve("own.yaml"), text), null);
    }

    @Test
    void a_list_by_place_that_has_no_total_and_is_to_prove_something_is_doubted() throws IOException {
        assertThat(check("offset: {to: query offset}", "true").checks()).anySatisfy(check -> {
            assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
            assertThat(check.text()).contains("own.yaml has complete", "without paging.total");
        });
        assertThat(check("offset: {to: query offset}", "false").checks())
                .extracting(Checked::verdict)
                .containsExactly(Verdict.OK);
    }

    @Test
    void a_total_does_not_show_that_one_record_went_and_another_came() throws IOException {
        assertThat(check("offset: {to: query offset}, total: /total", "true").checks())
                .anySatisfy(check -> {
                    assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
                    assertThat(check.text()).contains("own.yaml has complete", "one record went and another came");
                });
        assertThat(check("offset: {to: query offset}, total: /total", "false").checks())
                .extracting(Checked::verdict)
                .containsExactly(Verdict.OK);
    }
}
