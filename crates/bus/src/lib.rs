//! Publish and subscribe between nodes.
