package io.ticketbridge.kafka;

import io.ticketbridge.config.KafkaSettings;
import io.ticketbridge.fault.Checked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether brokers can be reached, and the topic is one that findings can go through. Reads only. */
public final class BrokerChecks {
    private static final String SYSTEM = "kafka";
    private static final Set<String> READABLE = Set.of("producer", "gzip", "uncompressed");

    private final Brokers brokers;
    private final KafkaSettings settings;

    public BrokerChecks(Brokers brokers) {
        this.brokers = brokers;
        this.settings = brokers.settings();
    }

    public List<Checked> all() {
        List<Checked> found = new ArrayList<>();
        try (Admin admin = brokers.admin()) {
            var cluster = admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
            int nodes = FindingsTopic.get(cluster.nodes()).size();
            found.add(Checked.ok(SYSTEM, "reachable", nodes + (nodes == 1 ? " broker answers" : " brokers answer")));
            topic(admin, FindingsTopic.get(cluster.authorizedOperations()), found);
        } catch (KafkaException e) {
            found.add(Checked.problem(
                    SYSTEM, "reachable", String.join(", ", settings.brokers()) + ": " + BrokerFaults.sentence(e), ""));
        }
        return found;
    }

    private void topic(Admin admin, Set<AclOperation> onCluster, List<Checked> found) {
        TopicDescription topic;
        try {
            topic = FindingsTopic.get(admin.describeTopics(
                            List.of(settings.topic()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .get(settings.topic()));
        } catch (UnknownTopicOrPartitionException e) {
            found.add(missing(onCluster));
            return;
        } catch (AuthorizationException e) {
            found.add(Checked.problem(
                    SYSTEM,
                    "topic",
                    settings.topic() + " may not be looked at",
                    "give the user of ticketbridge.kafka.user " + BrokerFaults.RIGHTS));
            return;
        }
        found.add(Checked.ok(
                SYSTEM, "topic", settings.topic() + " has " + topic.partitions().size() + " partitions"));
        rights(topic.authorizedOperations(), found);
        configuration(admin, found);
    }

    private Checked missing(Set<AclOperation> onCluster) {
        boolean may = onCluster == null || onCluster.contains(AclOperation.CREATE);
        return may
                ? Checked.ok(
                        SYSTEM,
                        "topic",
                        settings.topic() + " is not there; the first pass makes it with " + settings.partitions()
                                + " partitions")
                : Checked.problem(
                        SYSTEM,
                        "topic",
                        settings.topic() + " is not there, and this user may make none",
                        "make it, or name one that is there in ticketbridge.kafka.topic");
    }

    private static void rights(Set<AclOperation> has, List<Checked> found) {
        Set<AclOperation> missing = new TreeSet<>(Set.of(AclOperation.READ, AclOperation.WRITE));
        // Brokers without rights of their own say nothing.
        if (has == null || has.isEmpty()) {
            return;
        }
        missing.removeAll(has);
        found.add(
                missing.isEmpty()
                        ? Checked.ok(SYSTEM, "rights", "the topic may be read and written")
                        : Checked.problem(
                                SYSTEM,
                                "rights",
                                "this user lacks " + missing + " on the topic",
                                "give the user of ticketbridge.kafka.user " + BrokerFaults.RIGHTS));
    }

    private void configuration(Admin admin, List<Checked> found) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        Config config;
        try {
            Map<ConfigResource, Config> all =
                    FindingsTopic.get(admin.describeConfigs(List.of(resource)).all());
            config = all.get(resource);
        } catch (AuthorizationException e) {
            found.add(Checked.unchecked(
                    SYSTEM,
                    "configuration",
                    "this user may not look at it",
                    "see that it is what docs/kafka.md asks for, or allow DESCRIBE_CONFIGS"));
            return;
        }
        List<String> wrong = new ArrayList<>();
        if (!READABLE.contains(value(config, TopicConfig.COMPRESSION_TYPE_CONFIG))) {
            wrong.add("compression.type must be producer or gzip");
        }
        if (!value(config, TopicConfig.CLEANUP_POLICY_CONFIG).equals("delete")) {
            wrong.add("cleanup.policy must be delete, for each message counts");
        }
        if (Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) < PublishedFindings.LONGEST) {
            wrong.add("max.message.bytes must be 1048588 or more");
        }
        long kept = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG));
        if (kept >= 0 && Duration.ofMillis(kept).compareTo(settings.patience()) < 0) {
            wrong.add("retention.ms must be longer than ticketbridge.kafka.patience");
        }
        found.add(
                wrong.isEmpty()
                        ? Checked.ok(SYSTEM, "configuration", "the topic keeps what it is given")
                        : Checked.problem(
                                SYSTEM,
                                "configuration",
                                settings.topic() + ": " + String.join("; ", wrong),
                                "change it with kafka-configs.sh --alter --entity-type topics --add-config"));
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }
}
