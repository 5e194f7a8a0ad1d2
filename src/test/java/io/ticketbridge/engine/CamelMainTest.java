package io.ticketbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** Routes have the keys of whoever wrote them, and no credential of ticketbridge (P37). */
class CamelMainTest {
    @Test
    void a_key_of_ones_own_that_is_named_like_a_secret_is_there() {
        Settings settings = Settings.load(
                Sources.only(Map.of(
                        "ticketbridge.database.password", "ours",
                        "sftp.password", "theirs",
                        "my.api-key", "key",
                        "slack.token", "token",
                        "camel.component.https.proxy-auth-password", "proxy")),
                Requirement.LEDGER_ONLY);
        Main main = CamelMain.of(settings, false, false);
        new Management(settings, false).configure(main);
        main.bind(Networks.COMMON, (HttpClientConfigurer) client -> {});
        try {
            main.init();
            CamelContext context = main.getCamelContext();

            assertThat(context.resolvePropertyPlaceholders("{{sftp.password}} {{my.api-key}} {{slack.token}}"))
                    .isEqualTo("theirs key token");
            assertThat(context.getComponent("https", HttpComponent.class).getProxyAuthPassword())
                    .isEqualTo("proxy");
            assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{ticketbridge.database.password}}"))
                    .hasMessageContaining("ticketbridge.database.password");
        } finally {
            main.stop();
        }
    }
}
