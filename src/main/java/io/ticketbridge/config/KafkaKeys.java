package io.ticketbridge.config;

import java.time.Duration;
import java.util.List;

/** The settings of the topic that findings may go through. */
final class KafkaKeys {
    static final Key<List<String>> BROKERS = Key.of(
                    "kafka.brokers", Types.list(), "Host and port of each Kafka broker; unless set, Kafka is not used.")
            .like("kafka-1:9092, kafka-2:9092");
    static final Key<String> TOPIC = Key.of("kafka.topic", Types.text(), "The topic that findings go through.")
            .orElse("ticketbridge-findings");
    static final Key<Integer> PARTITIONS = Key.of(
                    "kafka.partitions",
                    Types.count(1, 1000),
                    "How many partitions the topic gets where it is missing: the most workers that share the work.")
            .orElse("12");
    static final Key<String> GROUP = Key.of("kafka.group", Types.text(), "The consumer group of the workers.")
            .orElse("ticketbridge");
    static final Key<Integer> BATCH = Key.of(
                    "kafka.batch", Types.count(1, 10_000), "The most findings that a worker writes in one transaction.")
            .orElse("1000");
    static final Key<Duration> PATIENCE = Key.of(
                    "kafka.patience",
                    Types.duration(Duration.ofSeconds(1), Duration.ofHours(6)),
                    "A pass fails if its findings wait this long in the topic while no worker takes anything; six times this long if workers are busy with other passes.")
            .orElse("5m");
    static final Key<KafkaSecurity> SECURITY = Key.of(
                    "kafka.security",
                    Types.choice(KafkaSecurity.class),
                    "How brokers are spoken to: with TLS (ssl), with a user and a password (sasl), or both.")
            .orElse("plaintext");
    static final Key<KafkaSignIn> SIGN_IN = Key.of(
                    "kafka.sign-in",
                    Types.choice(KafkaSignIn.class),
                    "The SASL mechanism, where kafka.security has sasl in it.")
            .orElse("scram-sha-512");
    static final Key<String> USER = Key.of(
                    "kafka.user", Types.text(), "The user of the brokers, where kafka.security has sasl in it.")
            .like("ticketbridge");
    static final Key<Secret> PASSWORD = Key.of("kafka.password", Types.secret(), "The password of the brokers' user.");

    static final List<Key<?>> ALL =
            List.of(BROKERS, TOPIC, PARTITIONS, GROUP, BATCH, PATIENCE, SECURITY, SIGN_IN, USER, PASSWORD);

    private KafkaKeys() {}
}
