package io.ticketbridge.sandbox.scans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Chooses what fails in a simulated cloud at the start, and two failures that are muted. */
final class UsualFailures {
    /** Failures by check, for the default number of resources. */
    private static final Map<String, Integer> FAILURES = new LinkedHashMap<>();

    static {
        FAILURES.put("s3_bucket_server_access_logging_enabled", 14);
        FAILURES.put("ec2_instance_imdsv2_enabled", 9);
        FAILURES.put("s3_bucket_secure_transport_policy", 7);
        FAILURES.put("ec2_ebs_volume_encryption", 6);
        FAILURES.put("cloudwatch_log_group_retention_policy_specific_days_enabled", 6);
        FAILURES.put("iam_rotate_access_key_90_days", 4);
        FAILURES.put("ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22", 4);
        FAILURES.put("kms_cmk_rotation_enabled", 3);
        FAILURES.put("awslambda_function_using_supported_runtimes", 3);
        FAILURES.put("rds_instance_no_public_access", 2);
        FAILURES.put("guardduty_is_enabled", 1);
        FAILURES.put("vpc_flow_logs_enabled", 1);
    }

    private static final String MUTED_CHECK = "ec2_instance_public_ip";
    private static final int MUTED = 2;

    private UsualFailures() {}

    /** @param scale 1 for the default number of resources */
    static List<Observation> of(Collection<Observation> all, Random random, double scale) {
        List<Observation> failing = new ArrayList<>();
        FAILURES.forEach((check, count) -> someOf(all, check, random, (int) Math.ceil(count * scale))
                .forEach(seen -> failing.add(seen.with(Status.FAIL))));
        someOf(all, MUTED_CHECK, random, MUTED)
                .forEach(seen -> failing.add(seen.with(Status.FAIL).muted(true)));
        return failing;
    }

    private static List<Observation> someOf(Collection<Observation> all, String check, Random random, int count) {
        List<Observation> candidates = new ArrayList<>(
                all.stream().filter(seen -> seen.check().equals(check)).toList());
        Collections.shuffle(candidates, random);
        return candidates.subList(0, Math.min(count, candidates.size()));
    }
}
