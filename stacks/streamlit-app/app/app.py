"""Counts with its visitor, in the memory of the session."""

import socket

import streamlit as st

st.set_page_config(page_title="Counter")
st.title("Counter")

if "count" not in st.session_state:
    st.session_state.count = 0

step = st.number_input("Step", min_value=1, max_value=100, value=1)
if st.button("Count"):
    st.session_state.count += int(step)

st.write(f"The count is {st.session_state.count}.")
st.write(f"Replica {socket.gethostname()} keeps it.")
