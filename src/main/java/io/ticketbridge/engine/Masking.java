package io.ticketbridge.engine;

import io.ticketbridge.config.ApiSettings;
import io.ticketbridge.config.NetworkSettings;
import io.ticketbridge.config.SccSettings;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.config.WorkloadProtectionSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes every secret of the settings out of a text before it is kept or logged (P37). */
public final class Masking {
    private final List<Secret> secrets;
    private volatile Texts texts = new Texts(0, List.of());

    /** @param count of how many secrets, those before a rotation included */
    private record Texts(long count, List<String> all) {}

    public Masking(Settings settings) {
        secrets = Stream.of(
                        Stream.of(
                                settings.serviceNow().password(),
                                settings.serviceNow().clientSecret(),
                                settings.serviceNow().apiKey(),
                                settings.database().password(),
                                settings.http().password(),
                                settings.kafka().password()),
                        networks(settings)
                                .flatMap(network -> Stream.of(
                                        network.clientKeyPassword(),
                                        network.proxy()
                                                .map(NetworkSettings.Proxy::password)
                                                .orElse(Secret.NONE))),
                        settings.ownSecrets().stream(),
                        settings.visionOne().values().stream().map(tenant -> tenant.token()),
                        settings.scc().values().stream().map(instance -> instance.apiKey()),
                        settings.flows().values().stream().flatMap(flow -> Stream.of(flow.token(), flow.hmacSecret())),
                        settings.api().values().stream().flatMap(Masking::ofApi),
                        settings.workloadProtection().values().stream()
                                .flatMap(instance -> Stream.of(instance.apiKey(), instance.token())))
                .flatMap(some -> some)
                .toList();
    }

    /** Of a secret that was rotated, the one before too: an answer to it may still be under way. */
    private List<String> texts() {
        long count = secrets.stream()
                .mapToLong(secret -> secret.everRevealed().size())
                .sum();
        if (texts.count() != count) {
            texts = new Texts(
                    count,
                    secrets.stream()
                            .flatMap(secret -> secret.everRevealed().stream())
                            // A key that travels in a query is written there in its own way.
                            .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                            .distinct()
                            // A shorter one would take letters out of every word.
                            .filter(secret -> secret.length() >= 4)
                            // One may begin like another: the longer first, or its end would stay.
                            .sorted(Comparator.comparingInt(String::length).reversed())
                            .toList());
        }
        return texts.all();
    }

    private static Stream<Secret> ofApi(ApiSettings api) {
        return Stream.of(api.token(), api.password(), api.apiKey(), api.clientSecret());
    }

    private static Stream<NetworkSettings> networks(Settings settings) {
        return Stream.of(
                        Stream.of(
                                settings.network(),
                                settings.serviceNow().network(),
                                settings.kafka().network()),
                        settings.visionOne().values().stream().map(VisionOneSettings::network),
                        settings.scc().values().stream().map(SccSettings::network),
                        settings.api().values().stream().map(ApiSettings::network),
                        settings.workloadProtection().values().stream().map(WorkloadProtectionSettings::network))
                .flatMap(some -> some);
    }

    public String masked(String text) {
        String masked = text;
        for (String secret : texts()) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
