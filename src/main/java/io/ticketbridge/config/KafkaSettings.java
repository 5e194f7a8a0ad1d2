package io.ticketbridge.config;

import java.time.Duration;
import java.util.List;

/**
 * The topic that findings go through from whoever reads a source to whoever filters and writes them.
 *
 * @param brokers host and port of each; empty where findings are filtered by whoever reads them
 * @param partitions how many the topic gets where it is missing
 * @param batch how many findings a worker takes at once at most
 * @param patience how long workers may take nothing until a pass gives up
 */
public record KafkaSettings(
        List<String> brokers,
        String topic,
        int partitions,
        String group,
        int batch,
        Duration patience,
        KafkaSecurity security,
        KafkaSignIn signIn,
        String user,
        Secret password,
        NetworkSettings network) {
    public KafkaSettings {
        brokers = List.copyOf(brokers);
    }

    public boolean isOn() {
        return !brokers.isEmpty();
    }
}
