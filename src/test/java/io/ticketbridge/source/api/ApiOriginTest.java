package io.ticketbridge.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.config.Settings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.identity.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiOriginTest {
    @TempDir
    Path folder;

    private static Origin origin(Path mapping) {
        Settings settings = Flow.settings(Map.of(
                "flow.hub.source", "api",
                "flow.hub.profile", "incident",
                "flow.hub.group-by", "check",
                "flow.hub.mapping", mapping.toString(),
                "api.url", "https://api.example"));
        List<String> problems = new ArrayList<>();
        Apis apis = new Apis(settings, new Mappings(settings, problems), null);
        assertThat(problems).isEmpty();
        return apis.origin(settings.flows().get("hub"), settings.api().get("default"));
    }

    @Test
    void a_scope_that_the_mapping_names_is_no_scope_of_the_instance() {
        assertThat(origin(Path.of("config/mappings/security-hub.yaml")).scope()).isEmpty();
        assertThat(origin(Path.of("config/mappings/prowler-app.yaml")).scope()).isEmpty();
    }

    @Test
    void where_the_mapping_names_none_the_scope_is_the_instance() throws Exception {
        Path own = Files.writeString(folder.resolve("own.yaml"), Mapped.WHOLE);

        assertThat(origin(own).scope()).isEqualTo("api:default");
    }
}
