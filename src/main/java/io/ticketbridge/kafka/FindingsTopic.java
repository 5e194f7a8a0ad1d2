package io.ticketbridge.kafka;

import io.ticketbridge.config.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic itself: it is made where it is missing, before the first page of a pass. Whatever deleted it, the next pass has one. */
public final class FindingsTopic {
    private static final Logger LOG = LoggerFactory.getLogger(FindingsTopic.class);

    /** What is in the ledger is not needed any more, and findings are nobody's business. */
    private static final String KEPT_MILLIS = "86400000";

    private final Brokers brokers;
    private volatile String lookedFor = "";

    public FindingsTopic(Brokers brokers) {
        this.brokers = brokers;
    }

    /**
     * @param pass looks once
     * @throws KafkaException if it is not there and can't be made, or nobody can tell
     */
    public void require(String pass) {
        if (pass.equals(lookedFor)) {
            return;
        }
        KafkaSettings settings = brokers.settings();
        try (Admin admin = brokers.admin()) {
            Set<String> topics = get(admin.listTopics().names());
            if (!topics.contains(settings.topic())) {
                make(admin, settings);
            }
            lookedFor = pass;
        }
    }

    private static void make(Admin admin, KafkaSettings settings) {
        NewTopic topic = new NewTopic(settings.topic(), Optional.of(settings.partitions()), Optional.empty())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG, KEPT_MILLIS, TopicConfig.COMPRESSION_TYPE_CONFIG, "producer"));
        try {
            get(admin.createTopics(List.of(topic)).all());
            LOG.info("A topic was made. topic={} partitions={}", settings.topic(), settings.partitions());
        } catch (TopicExistsException e) {
            LOG.debug("Another process made the topic at the same time", e);
        }
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("It was stopped", e);
        }
    }
}
