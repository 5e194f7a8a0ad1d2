package io.ticketbridge.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ticketbridge.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts that are none: Prowler writes the same word for all that it does not know. */
class PlaceholdersTest {
    private final Placeholders placeholders = new Placeholders();

    private static Finding finding(String provider, String account) throws Unfit {
        ObjectNode event = Tree.of(Records.prowler("a").replace('"', '\''));
        ObjectNode cloud = (ObjectNode) event.path("cloud");
        cloud.put("provider", provider).putObject("account").put("uid", account);
        return new ProwlerNormaliser().normalise(event).findings().get(0);
    }

    @Test
    void a_word_that_all_clusters_repositories_or_images_share_is_no_account() throws Unfit {
        for (List<String> none : List.of(
                List.of("kubernetes", "in-cluster"),
                List.of("kubernetes", "In-Cluster"),
                List.of("iac", "iac"),
                List.of("image", "image"),
                List.of("llm", "llm"))) {
            assertThat(placeholders.isIn(finding(none.get(0), none.get(1))))
                    .as(none.toString())
                    .isTrue();
        }
        assertThat(placeholders.told().orElseThrow())
                .contains("--cluster-name", "--provider-uid", "prowler:image image: ");
    }

    @Test
    void what_only_looks_like_it_is_an_account() throws Unfit {
        assertThat(placeholders.isIn(finding("kubernetes", "production"))).isFalse();
        assertThat(placeholders.isIn(finding("github", "image"))).isFalse();
        assertThat(placeholders.isIn(finding("aws", "111122223333"))).isFalse();
        assertThat(placeholders.told()).isEmpty();
    }
}
