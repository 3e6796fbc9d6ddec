//! Where a database file lies: its folder, its file system, its mode. Never opens the file itself:
//! closing any descriptor of a database drops SQLite's locks on it (sqlite.org/howtocorrupt.html, 2.2).

use super::StoreError;
use std::path::{Path, PathBuf};

/// The absolute path of the file with no symbolic link in its folder's part, so that SQLite may refuse links
/// altogether.
pub(super) fn settle(path: &Path) -> Result<PathBuf, StoreError> {
    let missing = || StoreError::Missing { path: path.to_path_buf() };
    let name = path.file_name().ok_or_else(missing)?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let folder = folder.canonicalize().map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => StoreError::Missing { path: folder.to_path_buf() },
        _ => StoreError::io(folder, "store-io-finding")(e),
    })?;
    Ok(folder.join(name))
}

/// Refuses folders on file systems that another machine serves.
pub(super) fn refuse_network(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().unwrap_or(file);
    match network_system(folder).map_err(|e| StoreError::io(folder, "store-io-kind")(e.into()))? {
        Some(system) => Err(StoreError::Network { path: folder.to_path_buf(), system }),
        None => Ok(()),
    }
}

/// The network file system that a folder lies on, if it is one.
pub fn network(folder: &Path) -> Option<&'static str> {
    network_system(folder).ok().flatten()
}

#[cfg(target_os = "linux")]
fn network_system(folder: &Path) -> Result<Option<&'static str>, rustix::io::Errno> {
    // The magic number has 32 bits; the field is wider on some architectures, and sign-extended.
    #[allow(clippy::useless_conversion)]
    let magic = u32::try_from(i64::from(rustix::fs::statfs(folder)?.f_type) & 0xFFFF_FFFF);
    Ok(magic.ok().and_then(network_name))
}

#[cfg(not(target_os = "linux"))]
fn network_system(_folder: &Path) -> Result<Option<&'static str>, rustix::io::Errno> {
    Ok(None)
}

/// The name of a network file system by its magic number (statfs(2), linux/magic.h).
#[cfg_attr(not(target_os = "linux"), allow(dead_code))]
const fn network_name(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x517B | 0xFE53_4D42 | 0xFF53_4D42 => "SMB",
        0x0102_1997 => "9P",
        0x6573_5546 => "FUSE",
        0x5346_414F | 0x6B41_4653 => "AFS",
        0x00C3_6400 => "Ceph",
        0x7375_7245 => "Coda",
        0x0116_1970 => "GFS2",
        0x7461_636F => "OCFS2",
        0x0BD0_0BD0 => "Lustre",
        0x4750_4653 => "GPFS",
        0x786F_4256 => "a VirtualBox shared folder",
        0xBACB_ACBC => "a VMware shared folder",
        _ => return None,
    })
}

/// Makes an empty file that only its owner may read, in one step; it must not exist.
pub(super) fn make_private(file: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => StoreError::Exists { path: file.to_path_buf() },
        _ => StoreError::io(file, "store-io-creating")(e),
    })
}

/// Takes the file away from group and others, where they had it.
#[cfg(unix)]
pub(super) fn keep_private(file: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).map_err(StoreError::io(file, "store-io-mode"))?.permissions().mode();
    let others = mode & 0o077;
    if others == 0 {
        return Ok(());
    }
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
        .map_err(StoreError::io(file, "store-io-private"))
}

#[cfg(not(unix))]
pub(super) fn keep_private(_file: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Flushes a folder, so that a new or renamed file in it survives a power cut.
pub(super) fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().unwrap_or(file);
    std::fs::File::open(folder)
        .and_then(|f| f.sync_all())
        .map_err(StoreError::io(folder, "store-io-flushing"))
}

#[cfg(test)]
mod tests {
    use super::network_name;

    #[test]
    fn network_systems_are_known_by_their_number_and_disks_are_not() {
        for (magic, name) in
            [(0x6969, "NFS"), (0xFF53_4D42, "SMB"), (0x0102_1997, "9P"), (0x6573_5546, "FUSE")]
        {
            assert_eq!(network_name(magic), Some(name));
        }
        // ext4, XFS, btrfs, tmpfs, ZFS, overlayfs
        for magic in [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x2FC1_2FC1, 0x794C_7630] {
            assert_eq!(network_name(magic), None);
        }
    }
}
