package io.ticketbridge.config;

import io.ticketbridge.finding.Subject;

/** The systems that findings come from. Its text is the word used in the setting. */
public enum SourceKind {
    VISION_ONE_CASES(true),
    VISION_ONE_ALERTS(true),
    CLOUD_POSTURE(true),
    SCC(true),
    WORKLOAD_PROTECTION(true),
    FILES(true),
    HTTP(true),
    API(true);

    private final boolean built;

    SourceKind(boolean built) {
        this.built = built;
    }

    /** Whether this version can read it; a flow with any other source is refused by name. */
    public boolean isBuilt() {
        return built;
    }

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
