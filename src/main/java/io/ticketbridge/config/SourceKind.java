package io.ticketbridge.config;

import io.ticketbridge.finding.Subject;

/** The systems that findings come from. Its text is the word used in the setting. */
public enum SourceKind {
    VISION_ONE_CASES,
    VISION_ONE_ALERTS,
    CLOUD_POSTURE,
    SCC,
    WORKLOAD_PROTECTION,
    FILES,
    HTTP,
    API;

    /** Whether its findings are evaluations of controls, to be grouped; cases and alerts are their own group (P6). */
    public boolean isCompliance() {
        return this != VISION_ONE_CASES && this != VISION_ONE_ALERTS;
    }

    /** What its findings are about where they are their own group. */
    public Subject subject() {
        return this == VISION_ONE_ALERTS ? Subject.ALERT : Subject.CASE;
    }

    @Override
    public String toString() {
        return Words.of(this);
    }
}
