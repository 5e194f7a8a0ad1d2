package io.ticketbridge.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The folders of a pod as the kubelet lays them out, below a folder that stands for its root. */
final class MountedPod {
    private final Path root;
    private final Workload workload;
    private int version;

    private MountedPod(Path root, Workload workload) {
        this.root = root;
        this.workload = workload;
    }

    /** @param secret what the Secret holds */
    static MountedPod of(Path root, Manifests manifests, Map<String, String> secret) {
        MountedPod pod = new MountedPod(root, manifests.workload());
        pod.workload.mounts().keySet().forEach(path -> {
            String mounted = pod.workload.mounts().get(path);
            if (mounted.startsWith("configmap:")) {
                pod.mount(
                        path,
                        manifests
                                .configMap(mounted.substring("configmap:".length()))
                                .orElseThrow());
            } else if (mounted.startsWith("secret:")) {
                pod.mount(path, secret);
            }
        });
        return pod;
    }

    Path path(String inPod) {
        return root.resolve(inPod.substring(1));
    }

    /** With the paths of this pod. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(workload.environment());
        environment.replaceAll((name, value) ->
                workload.mounts().containsKey(value) ? path(value).toString() : value);
        return environment;
    }

    /** Mounts it, or brings what is mounted up to date: a new folder, and then one link is moved. */
    void mount(String inPod, Map<String, String> files) {
        try {
            Path mount = Files.createDirectories(path(inPod));
            Path data = Files.createDirectories(mount.resolve("..2026_11_30_" + version++));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(data.resolve(file.getKey()), file.getValue());
            }
            Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
            Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            for (String name : files.keySet()) {
                if (!Files.isSymbolicLink(mount.resolve(name))) {
                    Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
