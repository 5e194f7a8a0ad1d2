package io.ticketbridge.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Digest;
import org.junit.jupiter.api.Test;

/** When two names are those of one system (P3). */
class OriginTest {
    private static Origin origin(String source, String name, String scope, String address, String owner) {
        return new Origin(source, name, scope, Digest.of(address), owner);
    }

    private static Origin tenant(String name, String address, String owner) {
        return origin("vision-one-cases", name, "vision-one:" + name, address, owner);
    }

    @Test
    void a_tenant_that_its_key_names_is_the_same_under_any_name_and_address() {
        assertThat(tenant("eu", "b", "one").wasCalled(tenant("default", "a", "one"), true))
                .isTrue();
        assertThat(tenant("eu", "a", "two").wasCalled(tenant("default", "a", "one"), false))
                .isFalse();
    }

    @Test
    void without_one_the_address_counts_and_that_the_former_name_is_gone() {
        assertThat(tenant("eu", "a", "").wasCalled(tenant("default", "a", ""), false))
                .isTrue();
        assertThat(tenant("eu", "a", "").wasCalled(tenant("default", "a", ""), true))
                .isFalse();
        assertThat(tenant("eu", "b", "").wasCalled(tenant("default", "a", ""), false))
                .isFalse();
    }

    @Test
    void a_sign_in_that_names_the_instance_does_not_make_another_of_it() {
        Origin byToken = origin("workload-protection", "default", "workload-protection:default", "a", "");
        Origin byKey = origin("workload-protection", "default", "workload-protection:guid", "a", "guid");
        Origin another = origin("workload-protection", "default", "workload-protection:other", "a", "other");

        assertThat(byKey.wasCalled(byToken, true)).isTrue();
        assertThat(byToken.wasCalled(byKey, true)).isTrue();
        assertThat(another.wasCalled(byKey, true)).isFalse();
    }

    @Test
    void another_tenant_under_the_same_name_is_another() {
        assertThat(tenant("default", "a", "two").isSameAs(tenant("default", "a", "one")))
                .isFalse();
        assertThat(tenant("default", "a", "two").isSameAs(tenant("default", "a", "")))
                .isTrue();
        assertThat(origin("cloud-posture", "default", "vision-one:default", "a", "")
                        .isSameAs(tenant("default", "a", "")))
                .isFalse();
    }
}
